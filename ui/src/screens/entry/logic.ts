import type { Counts } from '../../backend/generated/Counts'
import type { EvidenceView } from '../../backend/generated/EvidenceView'
import type { FindingView } from '../../backend/generated/FindingView'
import type { PeriodState } from '../../backend/generated/PeriodState'
import type { Row } from '../../backend/generated/Row'
import type { Chip } from '../../controls/Chips.svelte'
import type { Chip as ChipName, Filter } from '../../grid/filter'
import type { SavingState } from '../../grid/queue'
import { chapterTitle } from '../../grid/words'

/** Returns the filters with their counts. */
export function chipsOf(counts: Record<ChipName, number>): Chip[] {
  return [
    { value: 'all', label: '全部', count: counts.all },
    { value: 'empty', label: '未填', count: counts.empty },
    { value: 'problem', label: '有问题', count: counts.problem },
    { value: 'returned', label: '退回', count: counts.returned },
  ]
}

/** Says where saving stands: `✓ 已保存 10:42`. */
export function savedWords(state: SavingState, slow: boolean, at: string | null): string {
  if (state === 'failed') return '未保存'
  if (state === 'saving' && slow) return '正在保存…'
  return at === null ? '还没有填过' : `✓ 已保存 ${at}`
}

/** Says how the rows stand: `已填 24 · 未填 5 · 不适用 2 · 零 3`. */
export function countWords({ filled, empty, not_applicable, zero }: Counts, nil: boolean): string {
  return nil ? '零报告' : `已填 ${filled} · 未填 ${empty} · 不适用 ${not_applicable} · 零 ${zero}`
}

/** Says whether typing has made the words beside a period untrue: `未填`, `已导出`, `已接收`. */
export const outdated = (state: PeriodState) => state === 'untouched' || state === 'exported' || state === 'accepted'

/** Says what a filter leaves, where it leaves less than all. */
export function shownWords(shown: number, all: number, left: number): string {
  if (shown === all) return ''
  return left === 0 ? `显示 ${shown}/${all} 项` : `显示 ${shown}/${all} 项，其中 ${left} 项已处理`
}

/** Returns the chapters to choose from. */
export function chaptersOf(groups: readonly { chapter_code: string; chapter: string }[]): string[] {
  return [...new Set(groups.map(chapterTitle))]
}

/** Says what a row is measured by: `分解数 740 个 · 每月 · 累计数`. */
export function goalWords({ goal, goal_label, unit, frequency, kind_label, judged }: Row): string {
  const aim = goal === '' ? '' : `${goal_label} ${goal}${/[\d.]$/.test(goal) && unit !== '' ? ` ${unit}` : ''}`
  return [aim, kind_label, frequency, judged ? '' : '只汇总不考核'].filter((part) => part !== '').join(' · ')
}

/** Says whether the box for explaining is shown: for warnings, and for a figure that corrects one. */
export function explains(findings: readonly FindingView[], explanation: string, corrected: string | null): boolean {
  return corrected !== null || explanation !== '' || findings.some(({ error }) => !error)
}

/** What has to go before 零报告 can be declared. */
export interface InTheWay {
  /** Texts to empty, figures and words. */
  texts: { target: string; field: string; text: '' }[]
  /** How many rows hold them. */
  rows: number
  /** Rows that have evidence, which is only taken away by hand. */
  evidence: { target: string; name: string }[]
}

/** Collects what a 零报告 would contradict. */
export function inTheWay(
  rows: readonly { target: string; name: string; texts: Record<string, string>; evidence: readonly unknown[] }[],
): InTheWay {
  const typed = rows.map(({ target, texts }) =>
    Object.entries(texts)
      .filter(([, text]) => text !== '')
      .map(([field]) => ({ target, field, text: '' as const })),
  )
  return {
    texts: typed.flat(),
    rows: typed.filter((texts) => texts.length > 0).length,
    evidence: rows.filter(({ evidence }) => evidence.length > 0).map(({ target, name }) => ({ target, name })),
  }
}

/** Lists the files of a sheet, each once, with the rows that it hangs on. */
export function scansOf(rows: readonly { target: string; evidence: readonly EvidenceView[] }[]): { file: EvidenceView; targets: string[] }[] {
  const scans = new Map<string, { file: EvidenceView; targets: string[] }>()
  for (const { target, evidence } of rows) {
    for (const file of evidence) {
      const known = scans.get(file.digest)
      if (known === undefined) scans.set(file.digest, { file, targets: [target] })
      else known.targets.push(target)
    }
  }
  return [...scans.values()]
}

/** Says which figures 不适用 would take away: `318 个`; empty where there are none. */
export function figuresOf({ boxes }: Pick<Row, 'boxes'>, texts: Record<string, string>): string {
  return boxes
    .filter(({ field }) => (texts[field] ?? '') !== '')
    .map(({ field, unit }) => `${texts[field]}${unit === '' ? '' : ` ${unit}`}`)
    .join('、')
}

/** Says why no row is shown. */
export function nothingWords({ chip, query }: Filter, all: number): { title: string; text: string } {
  if (all === 0) return { title: '没有要填报的目标', text: '目标方案没有分解给本单位的目标；如有疑问，请联系汇总单位。' }
  if (query !== '') return { title: '没有找到', text: `没有名称、编号或原文里有“${query}”的目标。` }
  if (chip === 'empty') return { title: '没有未填的了', text: '这里的目标都填过了，可以去审核。' }
  if (chip === 'problem') return { title: '没有问题', text: '填好的各项没有发现问题。' }
  return chip === 'returned' ? { title: '没有退回', text: '汇总单位没有退回的格。' } : { title: '没有符合的目标', text: '换一个章节，或显示全部。' }
}

/** Returns the keys that work in the box one is in, the fewer the narrower the window. */
export function keysOf(mode: 'select' | 'edit', narrow: boolean, stage: boolean, boxes = 1): [keys: string, does: string][] {
  if (mode === 'edit') return [['Enter', '下一格'], ['Esc', '恢复原值'], ['F2', '到说明']]
  const change: [string, string][] = stage ? [['1…9', '选节点'], ['空格', '打开列表']] : [['F2', narrow ? '改' : '改这一格']]
  // Enter goes down, as in Excel: whoever fills in two boxes of a row is told how to get to the second.
  const beside: [string, string][] = boxes > 1 ? [['Tab', '右一格']] : []
  const keys: [string, string][] = [['Enter', '下一格'], ...beside, ...change, ['Ctrl+Enter', '说明']]
  if (!narrow && !stage && boxes === 1) keys.push(['Ctrl+V', '从表格粘贴'])
  return [...keys, ['F8', '下一个问题']]
}
