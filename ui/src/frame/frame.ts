import type { OfficeHome } from '../backend/generated/OfficeHome'
import type { PeriodView } from '../backend/generated/PeriodView'
import type { PlaceName } from '../places'

/** Returns what stands behind a place's name in the rail; nothing where there is nothing to do. */
export function countOf(place: PlaceName, home: Pick<OfficeHome, 'counts' | 'open_findings' | 'new_receipts'>): string {
  const { total, empty } = home.counts
  if (place === 'entry') return total === 0 ? '' : `${total - empty}/${total}`
  if (place === 'checks') return home.open_findings === 0 ? '' : `${home.open_findings}`
  if (place === 'receipts') return home.new_receipts === 0 ? '' : `${home.new_receipts} 新`
  return ''
}

/** Where nobody waits for the return any more. */
export const SENT: readonly PeriodView['state'][] = ['exported', 'accepted', 'pending', 'locked']

/** Says how long there is left to report: `截止 7月5日（还有 3 天）`. */
export function dueWords({ due, days_left, state }: Pick<PeriodView, 'due' | 'days_left' | 'state'>): string {
  if (due === '') return ''
  if (SENT.includes(state)) return `截止 ${due}`
  if (days_left > 0) return `截止 ${due}（还有 ${days_left} 天）`
  return days_left === 0 ? `截止 ${due}（今天）` : `截止 ${due}（已过 ${-days_left} 天）`
}
