import type { DivisionEdit } from '../../../backend/generated/DivisionEdit'
import type { DivisionLine } from '../../../backend/generated/DivisionLine'
import type { FieldFault } from '../../../backend/generated/FieldFault'
import type { PlanChapter } from '../../../backend/generated/PlanChapter'
import type { StageForm } from '../../../backend/generated/StageForm'
import type { TargetForm } from '../../../backend/generated/TargetForm'
import type { TargetLine } from '../../../backend/generated/TargetLine'
import type { Chip } from '../../../controls/Chips.svelte'
import { read } from '../../../grid/paste'

/** What the list is narrowed to. */
export interface Filter {
  chip: 'all' | 'open' | 'gap' | 'changed'
  /** Code of a chapter; empty for all. */
  chapter: string
  query: string
}

export const everything: Filter = { chip: 'all', chapter: '', query: '' }

const fits: Record<Filter['chip'], (line: TargetLine) => boolean> = {
  all: () => true,
  open: (line) => line.unassigned && !line.retired,
  gap: (line) => line.quota !== null && line.quota.standing !== 'even' && !line.retired,
  changed: (line) => line.changed,
}

/** Returns the targets that a filter leaves. */
export function shown(lines: readonly TargetLine[], { chip, chapter, query }: Filter): TargetLine[] {
  const wanted = query.trim().toLowerCase()
  const found = ({ code, name, clause }: TargetLine) => `${code} ${name} ${clause}`.toLowerCase().includes(wanted)
  return lines.filter((line) => fits[chip](line) && (chapter === '' || line.chapter === chapter) && (wanted === '' || found(line)))
}

/** Returns the filters with their counts. */
export function chipsOf(lines: readonly TargetLine[]): Chip[] {
  const count = (chip: Filter['chip']) => lines.filter(fits[chip]).length
  return [
    { value: 'all', label: '全部', count: count('all') },
    { value: 'open', label: '未分解', count: count('open') },
    { value: 'gap', label: '分解数不符', count: count('gap') },
    { value: 'changed', label: '已改动', count: count('changed') },
  ]
}

export interface Group {
  code: string
  title: string
  lines: TargetLine[]
}

/** Groups targets by section, in the order of the report; sections without any are left out. */
export function groupsOf(chapters: readonly PlanChapter[], lines: readonly TargetLine[]): Group[] {
  const of = new Map<string, TargetLine[]>()
  for (const line of lines) of.set(line.section, [...(of.get(line.section) ?? []), line])
  return chapters.flatMap(({ label, sections }) =>
    sections
      .map(({ code, title }) => ({ code, title: title === label ? label : `${label} · ${title}`, lines: of.get(code) ?? [] }))
      .filter((group) => group.lines.length > 0),
  )
}

/** Returns what is wrong with a box. */
export const faultAt = (faults: readonly FieldFault[], field: string): string => faults.find((fault) => fault.field === field)?.what ?? ''

/** Returns the form of a target that is to be added. */
export const blank = (section: string): TargetForm => ({
  code: null, section, name: '', clause: '', kind: 'count', unit: '', amount_unit: '', official: false, frequency: 'monthly',
  comparator: 'at_least', goal: '', base: '', monthly: [], stages: [], deadline: '12', relative_to: '', tolerance: '',
})

/** Returns the stages with which a milestone begins; none of its months is invented but the last. */
export const firstStages = (): StageForm[] => [
  { name: '未开始', month: '', fixed: false },
  { name: '推进中', month: '', fixed: false },
  { name: '', month: '12', fixed: false },
]

/** Swaps a stage with its neighbour; the list itself where that leads out of it. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const to = at + by
  const next = [...list]
  if (to < 0 || to >= next.length) return next
  ;[next[at], next[to]] = [next[to]!, next[at]!]
  return next
}

/** Says why a stage cannot be moved: those that were issued keep their order, the ends their places. */
export function mayMove(stages: readonly StageForm[], at: number, by: -1 | 1): boolean {
  const one = stages[at]
  const other = stages[at + by]
  if (one === undefined || other === undefined) return false
  const ends = [0, stages.length - 1]
  const issued = stages.some((stage) => stage.fixed)
  return !(one.fixed && other.fixed) && !(issued && (ends.includes(at) || ends.includes(at + by)))
}

export interface PastedQuotas {
  edits: DivisionEdit[]
  /** What was not taken, by whom it was for. */
  refused: FieldFault[]
}

const readQuota = (text: string, name: string, unit: string) => read(text.trim(), { name, box: '分解数', unit, stages: [], locked: '' })

/** Says whether a quota can be taken; an empty one can. */
export const isQuota = (text: string, unit: string) => text.trim() === '' || !('why' in readQuota(text, '', unit))

/** Lays a pasted column of quotas over the offices from one of them on; empty cells leave an office as it is. */
export function pasteQuotas(table: readonly (readonly string[])[], lines: readonly DivisionLine[], from: number, unit: string): PastedQuotas {
  const pasted: PastedQuotas = { edits: [], refused: [] }
  table.forEach((cells, down) => {
    const text = (cells[cells.length - 1] ?? '').trim()
    if (text === '') return
    const line = lines[from + down]
    if (line === undefined) {
      pasted.refused.push({ field: '', what: `“${text}”没有贴上：下面没有单位了` })
      return
    }
    const taken = readQuota(text, line.name, unit)
    if ('why' in taken) pasted.refused.push({ field: line.to, what: `“${text}”没有贴上：${taken.why}` })
    else pasted.edits.push({ to: line.to, given: true, quota: taken.text })
  })
  return pasted
}

/** Reads a pasted row, or column, of twelve planned figures; a text where it has another number of cells. */
export function pasteMonths(table: readonly (readonly string[])[]): string[] | string {
  const cells = (table.length === 1 ? (table[0] ?? []) : table.map((row) => row[0] ?? '')).map((cell) => cell.trim())
  return cells.length === 12 ? cells : `分月计划要 12 个数，贴来的有 ${cells.length} 个`
}

/** Returns the edits that give a target to every office of some kinds. */
export function wholeKinds(lines: readonly DivisionLine[], kinds: readonly string[]): DivisionEdit[] {
  return lines
    .filter((line) => line.whole && kinds.includes(line.kind))
    .map(({ to, quota }) => ({ to, given: true, quota }))
}

/** Returns the edits that turn 全部 of a kind into its offices one by one, each with what it had. */
export function oneByOne(lines: readonly DivisionLine[], whole: DivisionLine): DivisionEdit[] {
  const offices = lines.filter((line) => !line.whole && line.kind === whole.kind && !line.given)
  return [{ to: whole.to, given: false, quota: '' }, ...offices.map(({ to }) => ({ to, given: true, quota: whole.quota }))]
}

/** Says where saving stands. */
export function savedWords(state: 'saved' | 'saving' | 'failed', saved: string, faults: number): string {
  if (state === 'saving') return '正在保存…'
  if (state === 'failed') return '没有保存'
  if (faults > 0) return `有 ${faults} 处要改，这一项还没有保存`
  return saved === '' ? '没有改动' : `✓ 草稿已保存 ${saved}`
}

/** Says why the list is empty. */
export function nothingWords({ chip, chapter, query }: Filter, all: number): string {
  if (all === 0) return '方案里还没有目标。先加章节，再添加目标。'
  if (query.trim() !== '') {
    const without = `没有名称、编码或原文里有“${query.trim()}”的目标。`
    return chip === 'all' && chapter === '' ? without : `筛选出来的里面${without}点“全部”、选“全部章节”再看。`
  }
  if (chip === 'open') return '目标都已分解。'
  if (chip === 'gap') return '分解数都与目标相符。'
  return chip === 'changed' ? '没有改动过的目标。' : '这一章没有目标。'
}

/** Returns where a key leads in a list; none where it is no key of lists. */
export function step(key: string, at: number, count: number, page: number): number | null {
  const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: count - 1 }
  const next = to[key]
  return next === undefined ? null : Math.max(0, Math.min(count - 1, next))
}
