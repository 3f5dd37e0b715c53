import type { CheckedTarget } from '../../backend/generated/CheckedTarget'
import type { Checks } from '../../backend/generated/Checks'
import type { FindingView } from '../../backend/generated/FindingView'
import type { Chip } from '../../controls/Chips.svelte'
import type { Detail } from '../../places'

/** How a finding stands: an error blocks, an open warning wants an explanation, an explained one is done with. */
export type Standing = 'error' | 'open' | 'explained'

export function standingOf(finding: Pick<FindingView, 'error' | 'explained'>): Standing {
  if (finding.error) return 'error'
  return finding.explained ? 'explained' : 'open'
}

/** The word beside the shape. */
export const standingWords: Record<Standing, string> = { error: '错误', open: '待说明', explained: '已说明' }

/** Returns the worst of a target's findings, by which it is filtered and marked. */
export function worstOf(target: Pick<CheckedTarget, 'findings'>): Standing {
  const standings = target.findings.map(standingOf)
  return (['error', 'open'] as const).find((one) => standings.includes(one)) ?? 'explained'
}

/** Whether an explanation answers something here: errors are mended, not explained. */
export function wantsWords(target: Pick<CheckedTarget, 'target' | 'findings'>): boolean {
  return target.target !== null && target.findings.some((finding) => !finding.error)
}

/** Returns where to mend a target: the box of its first finding that still blocks, or the words that are to explain it. */
export function cellOf(target: CheckedTarget): Detail {
  if (target.target === null) return {}
  const blocking = target.findings.find((finding) => standingOf(finding) !== 'explained') ?? target.findings[0]
  if (blocking !== undefined && standingOf(blocking) === 'open') return { target: target.target, field: 'explanation' }
  return blocking === undefined || blocking.field === '' ? { target: target.target } : { target: target.target, field: blocking.field }
}

/** Returns the first target that still blocks, in the order of the report. */
export function firstBlocking(checks: Checks): CheckedTarget | undefined {
  return checks.targets.find((target) => worstOf(target) !== 'explained')
}

export const everything = 'all'

/** Makes the filters; those that would show nothing are left out. */
export function chipsOf(checks: Checks): Chip[] {
  const count = (wanted: Standing) => checks.targets.filter((target) => worstOf(target) === wanted).length
  const some = (['error', 'open', 'explained'] as const).map((value) => ({ value, label: standingWords[value], count: count(value) }))
  return [{ value: everything, label: '全部', count: checks.targets.length }, ...some.filter((chip) => chip.count > 0)]
}

/** Targets of one chapter. */
export interface Group {
  chapter: string
  targets: CheckedTarget[]
}

/** Groups what a filter lets through by chapter, in the order of the report. */
export function groupsOf(checks: Checks, filter: string): Group[] {
  const groups: Group[] = []
  for (const target of checks.targets) {
    if (filter !== everything && worstOf(target) !== filter) continue
    const last = groups.at(-1)
    if (last?.chapter === target.chapter) last.targets.push(target)
    else groups.push({ chapter: target.chapter, targets: [target] })
  }
  return groups
}

/** Says in a line what was found. */
export function countWords(checks: Checks): string {
  const parts = [`检查了 ${checks.checked} 项`]
  if (checks.open > 0) parts.push(checks.open_words)
  if (checks.explained > 0) parts.push(`已说明 ${checks.explained} 处`)
  if (checks.open + checks.explained === 0) parts.push('没有发现问题')
  return parts.join(' · ')
}

/** Returns the place in a list of so many that a key leads to; none for other keys. */
export function moved(key: string, at: number, count: number): number | undefined {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[key]
  return to === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, to))
}
