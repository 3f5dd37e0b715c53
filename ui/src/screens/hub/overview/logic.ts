import type { BehindTarget } from '../../../backend/generated/BehindTarget'
import type { ChapterLamps } from '../../../backend/generated/ChapterLamps'
import type { HubHome } from '../../../backend/generated/HubHome'
import type { Step } from '../../../backend/generated/Step'
import type { Todo } from '../../../backend/generated/Todo'
import { hubPlaces, placeNamed, type HubPlace } from '../../../places'

/** Lamps in the order of a chapter's counts. */
export const LAMPS = ['done', 'green', 'yellow', 'red', 'unreported'] as const

export interface Segment {
  code: (typeof LAMPS)[number]
  count: number
}

/** Returns the parts of a chapter's bar, the lamps that it has. */
export function segments({ counts }: Pick<ChapterLamps, 'counts'>): Segment[] {
  return LAMPS.map((code, at) => ({ code, count: counts[at] ?? 0 })).filter(({ count }) => count > 0)
}

/** How many targets that are behind are shown until more are asked for. */
export const FEW = 8

/** Returns the red targets, or with them the yellow ones, the first few or all. */
export function shownBehind(behind: readonly BehindTarget[], yellow: boolean, all: boolean): BehindTarget[] {
  const wanted = behind.filter(({ lamp }) => yellow || lamp.code === 'red')
  return all ? wanted : wanted.slice(0, FEW)
}

/** Counts the targets of a lamp. */
export const countOf = (behind: readonly BehindTarget[], code: string): number =>
  behind.filter(({ lamp }) => lamp.code === code).length

/** Returns the place where something to do is done. */
export const placeOf = ({ place }: Pick<Todo, 'place'>): HubPlace =>
  (placeNamed(place, hubPlaces)?.name as HubPlace | undefined) ?? 'receiving'

/** Joins names for a sentence, the first few of many. */
export function names(all: readonly string[], few = 8): string {
  const shown = all.slice(0, few).join('、')
  return all.length > few ? `${shown}等 ${all.length} 家` : shown
}

/** Returns the number of a chapter and the first part of its title, where the whole has no room: `一 精准落实国家战略`. */
export function shortTitle(title: string): string {
  const [first = '', second, ...more] = title.split(' ')
  // A chapter without a number has its title's first part at once.
  return second === undefined || more.length === 0 ? title : `${first} ${second}`
}

/** Lists what a hub does before its first return has come, first things first; nothing from then on. */
export function firstSteps({ plan_version, plan_changed, enrolments, periods }: Pick<HubHome, 'plan_version' | 'plan_changed' | 'enrolments' | 'periods'>): Step[] {
  if (plan_version > 0 && periods.some(({ reported, waiting }) => reported + waiting > 0)) return []
  const issued = plan_version > 0
  const step = (place: HubPlace, title: string, text: string, done = false): Step => ({ title, text, place, period: '', done })
  return [
    step('targets', '分解任务', '目标分给各单位，填上分解数；没有分的归本级', issued),
    step('issuing', '下达方案', '写到优盘，连同盖章的指纹单交给各单位', issued && !plan_changed),
    enrolments > 0
      ? step('offices', `登记 ${enrolments} 个注册包`, '照各单位盖章的纸，输入 40 位指纹')
      : step('receiving', '收注册包', '各单位把注册包和盖章的纸交回来，插上优盘接收'),
    step('receiving', '收报表', '每月各单位交来的优盘，插上一次收完'),
    step('consolidation', '汇总', '看全区，锁定本期，再出通报、写回执'),
  ]
}
