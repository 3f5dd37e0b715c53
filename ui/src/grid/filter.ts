import type { Standing } from '../backend/generated/Standing'

/** What filters, the search and F8 look at. */
export interface Facts {
  target: string
  name: string
  clause: string
  chapter: string
  due: boolean
  standing: Pick<Standing, 'state' | 'findings'>
  returned: { mended: boolean } | null
}

export type Chip = 'all' | 'empty' | 'problem' | 'returned'

export interface Filter {
  chip: Chip
  /** Number and title of a chapter; empty for all. */
  chapter: string
  query: string
}

export const everything: Filter = { chip: 'all', chapter: '', query: '' }

/** Says whether a row still wants a figure: one that cannot be read is none, as in the counts. */
export const isEmpty = ({ due, standing }: Facts) => due && (standing.state === 'empty' || standing.state === 'unreadable')

/** Says whether a row was sent back and not touched since. */
export const isReturned = ({ returned }: Facts) => returned !== null && !returned.mended

/** Says whether something is wrong with what stands there; that nothing stands there is 未填 and no problem yet. */
export const isProblem = (facts: Facts) =>
  isReturned(facts) || (facts.standing.state !== 'empty' && facts.standing.findings.some(({ error, explained }) => error || !explained))

const ofChip: Record<Chip, (facts: Facts) => boolean> = {
  all: () => true,
  empty: isEmpty,
  problem: isProblem,
  returned: (facts) => facts.returned !== null,
}

/** Says whether a row belongs to what a chip shows. */
export const fits = (facts: Facts, chip: Chip) => ofChip[chip](facts)

/** Says whether every word of the search is somewhere in the row's name, code or clause. */
export function found({ name, target, clause }: Facts, query: string): boolean {
  const text = `${name} ${target} ${clause}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Says whether a row is shown. */
export function shows(facts: Facts, { chip, chapter, query }: Filter): boolean {
  return (chapter === '' || facts.chapter === chapter) && fits(facts, chip) && found(facts, query)
}

/** Counts the rows of every chip. */
export function tally(rows: readonly Facts[]): Record<Chip, number> {
  const count = (chip: Chip) => rows.filter((row) => fits(row, chip)).length
  return { all: rows.length, empty: count('empty'), problem: count('problem'), returned: count('returned') }
}

/** Returns the next row with a problem after (or before) a row, going round; none where there is none. */
export function nextProblem<Row extends Facts>(rows: readonly Row[], from: string | null, by: 1 | -1): Row | undefined {
  const start = rows.findIndex(({ target }) => target === from)
  const first = start === -1 ? (by === 1 ? 0 : rows.length - 1) : start + by
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[(((first + i * by) % rows.length) + rows.length) % rows.length]!
    if (isProblem(row)) return row
  }
  return undefined
}
