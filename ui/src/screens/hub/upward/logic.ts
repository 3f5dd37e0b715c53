import type { OwnChoice } from '../../../backend/generated/OwnChoice'
import type { Upward } from '../../../backend/generated/Upward'
import type { UpwardTarget } from '../../../backend/generated/UpwardTarget'
import type { Chip } from '../../../controls/Chips.svelte'

/** Which targets of the plan above are shown. */
export type Filter = 'all' | 'open' | 'stuck' | 'ready'

/** How a target of the plan above stands this month. */
export type Standing = 'open' | 'ready' | 'stuck' | 'rest'

/** Says how a target stands: without an own one, with a figure, without one, or not wanted this month. */
export function standingOf({ own, due, why_not }: UpwardTarget): Standing {
  if (own === null) return 'open'
  if (!due) return 'rest'
  return why_not === '' ? 'ready' : 'stuck'
}

const count = (targets: readonly UpwardTarget[], standing: Standing) => targets.filter((one) => standingOf(one) === standing).length

/** The filters, each with how many it leaves. */
export function chipsOf(targets: readonly UpwardTarget[]): Chip[] {
  return [
    { value: 'all', label: '全部', count: targets.length },
    { value: 'open', label: '没对应', count: count(targets, 'open') },
    { value: 'stuck', label: '本期没有数', count: count(targets, 'stuck') },
    { value: 'ready', label: '能报', count: count(targets, 'ready') },
  ]
}

/** Finds the targets to show. */
export const shown = (targets: readonly UpwardTarget[], filter: Filter): UpwardTarget[] =>
  targets.filter((one) => filter === 'all' || standingOf(one) === filter)

/** How many own targets seem to be meant without anybody having said so. */
export const suggestions = ({ targets }: Upward): number => targets.filter(({ suggested }) => suggested !== null).length

/** The targets of a plan, chapter by chapter, in their order. */
export function byChapter(targets: readonly UpwardTarget[]): { chapter: string; targets: UpwardTarget[] }[] {
  const chapters: { chapter: string; targets: UpwardTarget[] }[] = []
  for (const target of targets) {
    const last = chapters.at(-1)
    if (last?.chapter === target.chapter) last.targets.push(target)
    else chapters.push({ chapter: target.chapter, targets: [target] })
  }
  return chapters
}

/** Puts the own targets in order: those that can answer first; words leave those that they name. */
export function choicesShown(choices: readonly OwnChoice[], words: string): OwnChoice[] {
  const wanted = words.trim().toLowerCase()
  const named = choices.filter(({ code, name }) => `${code} ${name}`.toLowerCase().includes(wanted))
  const fits = (choice: OwnChoice) => (choice.why_not === '' ? 0 : 1)
  return named.sort((one, other) => fits(one) - fits(other))
}
