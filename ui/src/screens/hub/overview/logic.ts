import type { BehindTarget } from '../../../backend/generated/BehindTarget'
import type { ChapterLamps } from '../../../backend/generated/ChapterLamps'
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
