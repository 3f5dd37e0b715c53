import type { AbsentOffice } from '../../../backend/generated/AbsentOffice'
import type { ArrivedFile } from '../../../backend/generated/ArrivedFile'
import type { CellSentBack } from '../../../backend/generated/CellSentBack'
import type { OpenedReturn } from '../../../backend/generated/OpenedReturn'
import type { OpenedRow } from '../../../backend/generated/OpenedRow'
import type { ReturnLine } from '../../../backend/generated/ReturnLine'
import { OWN } from '../../../places'

/** The heads under which received files are listed: what somebody has to look at first. */
export const heads: readonly { group: string; label: string; quiet: boolean }[] = [
  { group: 'forked', label: '分叉', quiet: false },
  { group: 'rejected', label: '拒收', quiet: false },
  { group: 'unregistered', label: '未注册', quiet: false },
  { group: 'gap', label: '已接收，有缺号', quiet: false },
  { group: 'pending', label: '待审', quiet: false },
  { group: 'enrolment', label: '注册包', quiet: false },
  { group: 'handed_over', label: '换密钥', quiet: false },
  { group: 'corrected', label: '更正', quiet: false },
  { group: 'accepted', label: '已接收', quiet: true },
  { group: 'duplicate', label: '重复', quiet: true },
  { group: 'skipped', label: '跳过', quiet: true },
]

export interface Group {
  group: string
  label: string
  quiet: boolean
  files: ArrivedFile[]
}

/** Groups files under their heads, in the order of the heads; heads without files are left out. */
export function grouped(files: readonly ArrivedFile[]): Group[] {
  const groups = heads.map((head) => ({ ...head, files: files.filter((file) => file.group === head.group) }))
  return groups.filter((group) => group.files.length > 0)
}

/** Says in a line what came of receiving: `共 7 个文件：已接收 3，拒收 1`. */
export function summary(files: readonly ArrivedFile[]): string {
  if (files.length === 0) return '没有找到数据包：这个位置里没有扩展名为 .tzb 的文件。'
  const counts = grouped(files).map(({ label, files }) => `${label} ${files.length}`)
  return `共 ${files.length} 个文件：${counts.join('，')}`
}

/** What is shown beside a return about its paper. */
export const paperLabel = (state: string): string => ({ agrees: '纸件一致', differs: '纸件不一致' })[state] ?? ''

/** Shape and colour of a return's state. */
export function lampOf({ state, counted }: Pick<ReturnLine, 'state' | 'counted'>): string {
  if (state === 'accepted') return counted ? 'done' : 'unreported'
  return { returned: 'red', disputed: 'red', revoked: 'red', pending: 'yellow', locked: 'yellow' }[state] ?? 'unreported'
}

export interface WaitingPeriod {
  period: string
  label: string
  /** Returns that can be accepted. */
  pending: ReturnLine[]
  /** Returns that wait for the period to be unlocked. */
  locked: ReturnLine[]
}

/** Parts what waits by period; the lines come in that order. */
export function byPeriod(waiting: readonly ReturnLine[]): WaitingPeriod[] {
  const periods: WaitingPeriod[] = []
  for (const line of waiting) {
    let last = periods.at(-1)
    if (last?.period !== line.period) periods.push((last = { period: line.period, label: line.label, pending: [], locked: [] }))
    ;(line.state === 'locked' ? last.locked : last.pending).push(line)
  }
  return periods
}

/** Finds returns by a part of the office's name, or by 代录, 零报告 and the like. */
export function matching(returns: readonly ReturnLine[], wanted: string): ReturnLine[] {
  const text = wanted.trim()
  if (text === '') return [...returns]
  const words = (line: ReturnLine) => [line.name, line.state_label, line.stand_in ? '代录' : '', line.nil ? '零报告' : '', paperLabel(line.paper) || (line.stand_in ? '' : '纸件未核对')].join(' ')
  return returns.filter((line) => words(line).includes(text))
}

/** The offices whose paper can be entered for them, as a list to choose from. */
export const choicesOf = (offices: readonly AbsentOffice[]): { value: string; label: string }[] =>
  offices
    .filter(({ office, enterable }) => enterable && office !== OWN)
    .map(({ office, name, begun }) => ({ value: office, label: begun ? `${name}（已录了一部分）` : name }))

/** Which entries of an opened return are shown. */
export type Shown = 'all' | 'changed' | 'found' | 'words'

export const isShown = (row: OpenedRow, shown: Shown): boolean =>
  ({
    all: true,
    changed: row.before !== null,
    found: row.findings.length > 0 || row.returned.length > 0,
    words: row.evidence.length > 0 || [row.explanation, row.note, row.problem, row.next_step, row.reason].some((text) => text !== ''),
  })[shown]

/** Counts the entries behind each filter. */
export function counts(view: OpenedReturn): { value: Shown; label: string; count: number }[] {
  const rows = view.chapters.flatMap((chapter) => chapter.rows)
  const count = (shown: Shown) => rows.filter((row) => isShown(row, shown)).length
  const chips: { value: Shown; label: string; count: number }[] = [
    { value: 'all', label: '全部', count: count('all') },
    { value: 'changed', label: '有变化', count: count('changed') },
    { value: 'found', label: '有问题', count: count('found') },
    { value: 'words', label: '有说明或佐证', count: count('words') },
  ]
  return chips.filter((chip) => chip.value === 'all' || chip.count > 0)
}

export const key = (cell: { target: string; field: string }): string => `${cell.target} ${cell.field}`

/** Puts a mark in the place of an earlier one of the same cell. */
export const marked = (marks: readonly CellSentBack[], mark: CellSentBack): CellSentBack[] => [...marks.filter((one) => key(one) !== key(mark)), mark]

export const unmarked = (marks: readonly CellSentBack[], cell: { target: string; field: string }): CellSentBack[] =>
  marks.filter((one) => key(one) !== key(cell))

/** What accepting all is asked about: `接收 2024年6月 的 12 份待审报表？`. */
export function acceptQuestion(period: WaitingPeriod): string {
  const errors = period.pending.filter((line) => line.errors > 0).length
  const warned = errors === 0 ? '' : `其中 ${errors} 份审核有错误，建议先打开看。`
  return `${period.label}有 ${period.pending.length} 份待审，接收后即计入汇总。${warned}`
}
