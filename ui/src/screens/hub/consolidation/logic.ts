import type { AbsentOffice } from '../../../backend/generated/AbsentOffice'
import type { CellOrigin } from '../../../backend/generated/CellOrigin'
import type { Matrix } from '../../../backend/generated/Matrix'
import type { MatrixCell } from '../../../backend/generated/MatrixCell'
import type { MatrixOffice } from '../../../backend/generated/MatrixOffice'
import type { MatrixTarget } from '../../../backend/generated/MatrixTarget'
import type { OfficePart } from '../../../backend/generated/OfficePart'
import { OWN, type StandIn } from '../../../places'

/** In which order the targets stand; `office` is that of one office, the furthest behind first. */
export type RowOrder = 'report' | 'behind' | 'coverage' | 'office'

/** The order in which one office stands towards the targets. */
export interface OfficeOrder {
  office: string
  name: string
  /** Codes of the targets, in that order. */
  codes: readonly string[]
}

/** In which order the offices stand. */
export type ColumnOrder = 'plan' | 'missing' | 'name'

/** What is left out of the matrix, and how the rest is put in order. */
export interface View {
  chapter: string
  lamp: string
  kind: string
  search: string
  rows: RowOrder
  columns: ColumnOrder
  /** The order of the office whose column was asked for last. */
  by: OfficeOrder | null
}

export const everything: View = { chapter: '', lamp: '', kind: '', search: '', rows: 'report', columns: 'plan', by: null }

/** A line of the matrix: a target, or the heading of a chapter. */
export type Line = { heading: string } | { target: MatrixTarget }

/** Heights in pixels. */
export const LINE = 52
export const HEADING = 30

const folded = (text: string) => text.trim().toLowerCase()

/** Finds the targets to show; words that name an office leave all of them. */
export function targetsShown(matrix: Matrix, view: View): MatrixTarget[] {
  const wanted = folded(view.search)
  const named = (target: MatrixTarget) => folded(`${target.code} ${target.name}`).includes(wanted)
  const byName = wanted !== '' && matrix.targets.some(named)
  const shown = matrix.targets.filter(
    (target) =>
      (view.chapter === '' || target.chapter_code === view.chapter) &&
      (view.lamp === '' || lampGroup(target.lamp.code) === view.lamp) &&
      (wanted === '' || named(target) || (!byName && officeNamed(matrix, wanted))),
  )
  if (view.rows === 'behind') return shown.sort((one, other) => one.behind - other.behind)
  if (view.rows === 'office' && view.by !== null) {
    const places = new Map(view.by.codes.map((code, i) => [code, i]))
    const place = ({ code }: MatrixTarget) => places.get(code) ?? Infinity
    return shown.sort((one, other) => place(one) - place(other))
  }
  if (view.rows === 'coverage') return shown.sort((one, other) => share(one) - share(other))
  return shown
}

/** Finds the offices to show; words that name a target leave all of them. */
export function officesShown(matrix: Matrix, view: View): MatrixOffice[] {
  const wanted = folded(view.search)
  const byName = wanted !== '' && officeNamed(matrix, wanted)
  const shown = matrix.offices.filter(
    (office) =>
      (view.kind === '' || office.kind === view.kind) && (!byName || folded(office.name).includes(wanted)),
  )
  const urgency = { missing: 0, waiting: 1, late: 2, reported: 3, free: 4 }
  if (view.columns === 'missing') return shown.sort((one, other) => urgency[one.state] - urgency[other.state])
  if (view.columns === 'name') return shown.sort((one, other) => one.name.localeCompare(other.name, 'zh-Hans-CN'))
  return shown
}

const officeNamed = (matrix: Matrix, wanted: string) => matrix.offices.some(({ name }) => folded(name).includes(wanted))

const share = ({ reported, owed }: MatrixTarget) => (owed === 0 ? 1 : reported / owed)

/** Which filter a lamp falls under: both greys are one. */
export const lampGroup = (code: string) => (code === 'unreported' || code === 'unscheduled' ? 'grey' : code)

/** Puts the chapters' headings between the targets, where they stand in the order of the report. */
export function linesOf(targets: readonly MatrixTarget[], order: RowOrder): Line[] {
  if (order !== 'report') return targets.map((target) => ({ target }))
  return targets.flatMap((target, i) => {
    const line = { target }
    return target.chapter === targets[i - 1]?.chapter ? [line] : [{ heading: target.chapter }, line]
  })
}

/** Says where every line begins; the last number is where the last one ends. */
export function topsOf(lines: readonly Line[]): number[] {
  const tops = [0]
  for (const line of lines) tops.push((tops.at(-1) ?? 0) + ('target' in line ? LINE : HEADING))
  return tops
}

/** A part of a list: from the first up to, and without, the last. */
export interface Span {
  from: number
  to: number
}

/** Finds the lines of which anything lies between two heights. */
export function linesBetween(tops: readonly number[], top: number, bottom: number): Span {
  let low = 0
  let high = tops.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tops[middle + 1] ?? Infinity) <= top) low = middle + 1
    else high = middle
  }
  let to = low
  while (to < tops.length - 1 && (tops[to] ?? Infinity) < bottom) to += 1
  return { from: low, to }
}

/** Finds the columns of which anything lies between two edges. */
export function columnsBetween(count: number, width: number, left: number, right: number): Span {
  const from = Math.min(count, Math.max(0, Math.floor(left / width)))
  return { from, to: Math.min(count, Math.max(from, Math.ceil(right / width))) }
}

/** The marks that stand under a figure, or in its place. */
const marks: Record<CellOrigin, string> = {
  blank: '',
  not_due: '未到期',
  reported: '',
  nil: '零报告',
  carried: '上期数',
  returned: '退回',
  not_applicable: '不适用',
  not_issued: '未下达',
  unfilled: '未填',
  unreported: '未报',
}

/** Returns the mark of a cell: where one was sent back, the figure that stands there is that of the last period. */
export function markOf(cell: MatrixCell): string {
  return cell.state === 'returned' && cell.figure !== '' ? '退回，用上期数' : marks[cell.state]
}

/** What a screen reader and a pointer that rests say of a cell. */
export function cellWords(target: MatrixTarget, office: MatrixOffice, cell: MatrixCell | undefined): string {
  if (cell === undefined) return `${office.name}，${target.name}：正在读取`
  if (cell.state === 'blank') return `${office.name}不承担 ${target.name}`
  const mark = markOf(cell)
  const unit = cell.figure !== '' && /\d$/.test(cell.figure) ? ` ${target.unit}` : ''
  const lamp = cell.lamp === null || cell.lamp.words === mark ? '' : cell.lamp.words
  const judged = cell.lamp === null && cell.figure !== '' ? '只汇总不考核' : lamp
  return `${office.name}，${target.name}：${[cell.figure + unit, mark, judged].filter((part) => part !== '').join('，')}`
}

/** The chapters of a matrix, in the order of the report. */
export function chaptersOf(matrix: Matrix): { value: string; label: string }[] {
  const seen = new Map(matrix.targets.map(({ chapter_code, chapter }) => [chapter_code, chapter]))
  return [...seen].map(([value, label]) => ({ value, label }))
}

/** The kinds of offices of a matrix. */
export function kindsOf(matrix: Matrix): { value: string; label: string }[] {
  const seen = new Map(matrix.offices.map(({ kind, kind_label }) => [kind, kind_label]))
  return [...seen].map(([value, label]) => ({ value, label }))
}

/** Where a cell lies: lines and columns from the top left; column −1 is the district's. */
export interface Spot {
  line: number
  column: number
}

/** Says where a key leads from a cell; none where it is no key of the matrix. Headings are stepped over. */
export function moved(at: Spot, key: string, ctrl: boolean, lines: readonly Line[], columns: number, page: number): Spot | null {
  const rows = lines.flatMap((line, i) => ('target' in line ? [i] : []))
  const row = Math.max(0, rows.indexOf(at.line))
  const to = (line: number, column: number): Spot => ({
    line: rows[Math.min(rows.length - 1, Math.max(0, line))] ?? at.line,
    column: Math.min(columns - 1, Math.max(-1, column)),
  })
  switch (key) {
    case 'ArrowUp':
      return to(ctrl ? 0 : row - 1, at.column)
    case 'ArrowDown':
      return to(ctrl ? rows.length - 1 : row + 1, at.column)
    case 'ArrowLeft':
      return to(row, ctrl ? -1 : at.column - 1)
    case 'ArrowRight':
      return to(row, ctrl ? columns - 1 : at.column + 1)
    case 'PageUp':
      return to(row - page, at.column)
    case 'PageDown':
      return to(row + page, at.column)
    case 'Home':
      return to(ctrl ? 0 : row, -1)
    case 'End':
      return to(ctrl ? rows.length - 1 : row, columns - 1)
    default:
      return null
  }
}

const weight: Record<CellOrigin, number> = {
  returned: 0,
  unreported: 1,
  unfilled: 2,
  carried: 3,
  not_issued: 4,
  reported: 5,
  nil: 5,
  not_applicable: 6,
  not_due: 7,
  blank: 8,
}

/** Puts the offices behind a figure in order: what is missing or doubtful first, then as the plan has them. */
export const partsInOrder = (parts: readonly OfficePart[]): OfficePart[] =>
  [...parts].sort((one, other) => weight[one.cell.state] - weight[other.cell.state])

/** Says how far to scroll so that a cell is in sight, below the heads; no further than needed. */
export function inSight(
  { line, column }: Spot,
  tops: readonly number[],
  at: { top: number; left: number },
  box: { width: number; height: number; column: number },
): { top: number; left: number } {
  const [from, to] = [tops[line] ?? 0, tops[line + 1] ?? 0]
  const top = from < at.top ? (line === 1 ? 0 : from) : Math.max(at.top, to - box.height)
  if (column < 0) return { top, left: at.left }
  const left = Math.min(column * box.column, Math.max(at.left, (column + 1) * box.column - box.width))
  return { top, left }
}

/** Returns for whom a missing return is entered: for the office, or as 本级's own. */
export const standInFor = ({ office, name }: Pick<AbsentOffice, 'office' | 'name'>): StandIn | null => (office === OWN ? null : { office, name })

/** What the button says that leads to entering a missing return. */
export function enterWords({ office, begun }: Pick<AbsentOffice, 'office' | 'begun'>): string {
  if (office === OWN) return begun ? '继续填报' : '填报'
  return begun ? '继续代录' : '代录'
}

/** The same with whose return it is. */
export const enterLabel = (office: Pick<AbsentOffice, 'office' | 'name' | 'begun'>): string => `${enterWords(office)} ${office.name}`
