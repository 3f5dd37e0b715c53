import type { Bulletin } from '../../../backend/generated/Bulletin'
import type { BulletinParagraph } from '../../../backend/generated/BulletinParagraph'
import type { BulletinTable } from '../../../backend/generated/BulletinTable'
import type { ChartView } from '../../../backend/generated/ChartView'

/** A block of the bulletin that no page may cut. */
export type Item =
  | { kind: 'head' }
  | { kind: 'paragraph'; paragraph: BulletinParagraph; number: string }
  | { kind: 'chart'; chart: ChartView; note: string }
  | { kind: 'caption'; table: BulletinTable; text: string }
  | { kind: 'heading'; table: BulletinTable; text: string }
  | { kind: 'row'; table: BulletinTable; cells: readonly string[] }

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** Numbers paragraphs as offices do: `一`; what explains a correction stands before all and has none. */
export function numbers(paragraphs: readonly Pick<BulletinParagraph, 'id'>[]): string[] {
  let at = 0
  return paragraphs.map(({ id }) => (id === 'correction' ? '' : (NUMERALS[at++] ?? `${at}`)))
}

/** Lays the bulletin out as one list: text, the correction's table, drawings, the other tables. */
export function itemsOf(view: Bulletin): Item[] {
  const number = numbers(view.paragraphs)
  const [first, others] = [view.tables.filter(isCorrection), view.tables.filter((table) => !isCorrection(table))]
  const charts = [view.chapters, view.ranking, ...view.completions]
  const note = (chart: ChartView) => (chart === view.ranking ? view.ranking_rule : '')
  return [
    { kind: 'head' },
    ...view.paragraphs.map((paragraph, at): Item => ({ kind: 'paragraph', paragraph, number: number[at]! })),
    ...first.flatMap((table) => linesOf(table, table.title)),
    ...charts.map((chart): Item => ({ kind: 'chart', chart, note: note(chart) })),
    ...others.flatMap((table, at) => linesOf(table, `附表${NUMERALS[at] ?? at + 1}　${table.title}`)),
  ]
}

const isCorrection = ({ id }: BulletinTable) => id === 'correction'

function linesOf(table: BulletinTable, text: string): Item[] {
  const row = ({ heading, cells }: BulletinTable['rows'][number]): Item =>
    cells.length === 0 ? { kind: 'heading', table, text: heading } : { kind: 'row', table, cells }
  return [{ kind: 'caption', table, text }, ...table.rows.map(row)]
}

/** A block as it was measured. */
export interface Measured {
  height: number
  /** Whether the next one has to stand on the same page. */
  keep: boolean
  /** What a page takes more that begins with this one: the head of its table. */
  head: number
}

/** Returns the blocks with which a new page begins; one that is higher than a page has one to itself. */
export function pageBreaks(blocks: readonly Measured[], room: number): number[] {
  const breaks: number[] = []
  let used = 0
  blocks.forEach((block, at) => {
    let needed = block.height
    for (let next = at; blocks[next]!.keep && next + 1 < blocks.length; next++) needed += blocks[next + 1]!.height
    const kept = at > 0 && blocks[at - 1]!.keep
    if (at > 0 && !kept && used + needed > room) {
      breaks.push(at)
      used = block.head
    }
    used += block.height
  })
  return breaks
}

/** A run of blocks that are drawn together: lines of one table, or one block alone. */
export type Part = { table: BulletinTable; lines: { item: Item; at: number }[] } | { item: Item; at: number }

/** Parts the blocks into pages, and puts lines of a table together. */
export function pagesOf(items: readonly Item[], breaks: readonly number[]): Part[][] {
  const starts = [0, ...breaks]
  return starts.map((start, page) => {
    const parts: Part[] = []
    items.slice(start, starts[page + 1]).forEach((item, offset) => {
      const line = { item, at: start + offset }
      const last = parts.at(-1)
      if (item.kind !== 'heading' && item.kind !== 'row') parts.push(line)
      else if (last !== undefined && 'table' in last && last.table === item.table) last.lines.push(line)
      else parts.push({ table: item.table, lines: [line] })
    })
    return parts
  })
}

/** Returns the proportions of a drawing, which it says itself. */
export function proportions(svg: string): string {
  const size = /^<svg width="(\d+)" height="(\d+)"/.exec(svg)
  return size === null ? 'auto' : `${size[1]} / ${size[2]}`
}

/** A sentence of two texts that are compared. */
export interface Change {
  text: string
  kind: 'same' | 'gone' | 'new'
}

const sentences = (text: string): string[] => text.match(/[^。；\n]*[。；\n]?/g)!.filter((one) => one.trim() !== '')

/** Compares two texts sentence by sentence: what both have, what only the first has, what only the second has. */
export function compare(before: string, after: string): Change[] {
  const [one, two] = [sentences(before), sentences(after)]
  // The longest run of sentences that both have, from every pair of positions on.
  const common = one.concat('').map(() => new Array<number>(two.length + 1).fill(0))
  for (let a = one.length - 1; a >= 0; a--)
    for (let b = two.length - 1; b >= 0; b--)
      common[a]![b] = one[a] === two[b] ? common[a + 1]![b + 1]! + 1 : Math.max(common[a + 1]![b]!, common[a]![b + 1]!)
  const changes: Change[] = []
  let [a, b] = [0, 0]
  while (a < one.length || b < two.length) {
    if (a < one.length && b < two.length && one[a] === two[b]) {
      changes.push({ text: one[a]!, kind: 'same' })
      a++
      b++
    } else if (b >= two.length || (a < one.length && common[a + 1]![b]! >= common[a]![b + 1]!)) {
      changes.push({ text: one[a++]!, kind: 'gone' })
    } else {
      changes.push({ text: two[b++]!, kind: 'new' })
    }
  }
  return changes
}

/** Writes the bulletin's text for the clipboard. */
export function plain({ title, basis, hub, day, paragraphs }: Bulletin): string {
  const number = numbers(paragraphs)
  const text = paragraphs.map(({ heading, text }, at) => `${number[at] === '' ? '' : `${number[at]}、`}${heading}\n${text}`)
  return [title, `（${basis}）`, ...text, `${hub}\n${day}`].join('\n\n')
}
