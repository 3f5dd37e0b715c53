import type { ChartView } from '../../backend/generated/ChartView'
import type { TrendChoice } from '../../backend/generated/TrendChoice'

/** Targets of one chapter, in the order of the report. */
export interface Chapter {
  title: string
  targets: TrendChoice[]
}

/** Puts targets that follow one another under the chapter they share. */
export function byChapter(targets: readonly TrendChoice[]): Chapter[] {
  const chapters: Chapter[] = []
  for (const target of targets) {
    const last = chapters.at(-1)
    if (last?.title === target.chapter) last.targets.push(target)
    else chapters.push({ title: target.chapter, targets: [target] })
  }
  return chapters
}

/** What stands before the first target: all of them at one look. */
export const ALL = ''

/** Returns the target before or after one, the look at all of them being first; the ends stay where they are. */
export function neighbour(targets: readonly TrendChoice[], shown: string, step: -1 | 1): string {
  const codes = [ALL, ...targets.map((target) => target.target)]
  const at = Math.max(0, codes.indexOf(shown))
  return codes[Math.min(codes.length - 1, Math.max(0, at + step))]!
}

interface Press {
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  key: string
}

/** Says which way a press of Alt and an arrow leads in the list of targets. */
export function stepOfPress({ altKey, ctrlKey, metaKey, shiftKey, key }: Press): -1 | 1 | undefined {
  if (!altKey || ctrlKey || metaKey || shiftKey) return undefined
  return key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : undefined
}

/** Returns the target that a key leads to within the list; nothing for keys that the list leaves alone. */
export function stepInList(targets: readonly TrendChoice[], shown: string, press: Press): string | undefined {
  if (press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return undefined
  switch (press.key) {
    case 'ArrowUp':
      return neighbour(targets, shown, -1)
    case 'ArrowDown':
      return neighbour(targets, shown, 1)
    case 'Home':
      return ALL
    case 'End':
      return targets.at(-1)?.target ?? ALL
    default:
      return undefined
  }
}

/** Makes an address of a drawing, for an image; nothing in it runs there. */
export const address = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`

/** What spreadsheets would compute: anything that begins like a formula and is no plain figure. */
const FORMULA = /^[=+\-@\t\r]/
const FIGURE = /^[+-]?[\d,]+(\.\d+)?%?$/

/** Writes a cell of a table for the clipboard, always as one line and never as a formula. */
function cell(text: string): string {
  const line = text.replace(/[\t\r\n]+/g, ' ')
  return FORMULA.test(text) && !FIGURE.test(text) ? `'${line}` : line
}

/** Writes a chart's table as spreadsheets paste it. */
export const tsv = ({ heads, rows }: Pick<ChartView, 'heads' | 'rows'>): string =>
  [heads, ...rows].map((row) => row.map(cell).join('\t')).join('\r\n')

/** Says whether a column holds figures, which stand to the right. */
export function isFigures(rows: readonly (readonly string[])[], column: number): boolean {
  const cells = rows.map((row) => row[column] ?? '').filter((text) => text !== '' && text !== '—')
  return cells.length > 0 && cells.every((text) => /^[<>≥≤约]?[+-]?[\d,]+(\.\d+)?(%| ?\p{Script=Han}{0,3})$/u.test(text))
}
