import type { HubHome } from '../backend/generated/HubHome'
import type { OfficeHome } from '../backend/generated/OfficeHome'
import type { PeriodView } from '../backend/generated/PeriodView'
import { hubPlaces, officePlaces, type Place, type PlaceName } from '../places'

/** Returns what stands behind a place's name in the rail; nothing where there is nothing to do. */
export function countOf(place: PlaceName, home: Pick<OfficeHome, 'counts' | 'open_findings' | 'new_receipts'>): string {
  const { total, empty } = home.counts
  if (place === 'entry') return total === 0 ? '' : `${total - empty}/${total}`
  if (place === 'checks') return home.open_findings === 0 ? '' : `${home.open_findings}`
  if (place === 'receipts') return home.new_receipts === 0 ? '' : `${home.new_receipts} 新`
  return ''
}

/** Whether what is counted behind a place's name waits for somebody; the others say how much there is. */
export const isTodo = (place: PlaceName): boolean => ['checks', 'receipts', 'receiving', 'issuing'].includes(place)

/** Where nobody waits for the return any more. */
export const SENT: readonly PeriodView['state'][] = ['exported', 'accepted', 'pending', 'locked']

/** Returns what stands behind a place's name in the hub's rail. */
export function hubCountOf(place: PlaceName, hub: Pick<HubHome, 'targets' | 'offices' | 'receiving' | 'plan_changed'>): string {
  if (place === 'targets') return hub.targets === 0 ? '' : `${hub.targets}`
  if (place === 'offices') return hub.offices === 0 ? '' : `${hub.offices}`
  if (place === 'receiving') return hub.receiving === 0 ? '' : `${hub.receiving} 待办`
  if (place === 'issuing') return hub.plan_changed ? '待下达' : ''
  return ''
}

export interface RailWords {
  unit: string
  /** The line under it. */
  under: string
  demo: boolean
  counts: Partial<Record<PlaceName, string>>
}

const countsOf = (places: readonly Place[], of: (place: PlaceName) => string): RailWords['counts'] =>
  Object.fromEntries(places.map(({ name }) => [name, of(name)]))

/** Returns what the rail says in the role that is at work; null before the first reading. */
export function railOf(home: OfficeHome | null, hub: HubHome | null): RailWords | null {
  if (home !== null) {
    const counts = countsOf(officePlaces, (place) => countOf(place, home))
    return { unit: home.office, under: `${home.year} 年目标方案`, demo: home.demo, counts }
  }
  if (hub === null) return null
  const version = hub.plan_version === 0 ? '未下达' : `第 ${hub.plan_version} 版`
  const counts = countsOf(hubPlaces, (place) => hubCountOf(place, hub))
  return { unit: hub.hub, under: `汇总单位 · ${hub.year} 年方案${version}`, demo: hub.demo, counts }
}

/** Whether a day so many days off is none that one could still count to: the machine's clock stands in another year. */
export const isFarOff = (days: number): boolean => Math.abs(days) > 366

/** Returns the machine's day as `2027年3月25日`, from a period such as `2024-06` and how far off its last day `7月5日` is; empty where that is no day. */
export function dayOf({ period, due, days_left }: Pick<PeriodView, 'period' | 'due' | 'days_left'>): string {
  const [year, month] = period.split('-').map(Number)
  const [, dueMonth, dueDay] = /^(\d+)月(\d+)日$/.exec(due) ?? []
  if (year === undefined || month === undefined || dueMonth === undefined || dueDay === undefined) return ''
  // What is due before its own month has ended is due in the year after it.
  const dueYear = Number(dueMonth) < month ? year + 1 : year
  const day = new Date(Date.UTC(dueYear, Number(dueMonth) - 1, Number(dueDay) - days_left))
  return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`
}

/** Says how long there is left to report: `截止 7月5日（还有 3 天）`. */
export function dueWords({ due, days_left, state }: Pick<PeriodView, 'due' | 'days_left'> & Partial<Pick<PeriodView, 'state'>>): string {
  if (due === '') return ''
  if ((state !== undefined && SENT.includes(state)) || isFarOff(days_left)) return `截止 ${due}`
  if (days_left > 0) return `截止 ${due}（还有 ${days_left} 天）`
  return days_left === 0 ? `截止 ${due}（今天）` : `截止 ${due}（已过 ${-days_left} 天）`
}
