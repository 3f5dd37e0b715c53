import type { Counts } from '../../backend/generated/Counts'
import type { PeriodState } from '../../backend/generated/PeriodState'
import type { PeriodView } from '../../backend/generated/PeriodView'
import type { Step } from '../../backend/generated/Step'
import { dayOf, isFarOff, SENT } from '../../frame/frame'
import { officePlaces, placeNamed, type Place, type PlaceName } from '../../places'

/** A part of the period's rows that are in the same state. */
export interface Part {
  /** For its colour and pattern. */
  code: 'filled' | 'zero' | 'not_applicable' | 'nil' | 'empty'
  label: string
  count: number
  /** Percent of all rows that are due. */
  width: number
}

/** Splits the rows that are due by state. The four states are always told, 零报告 only where one is declared. */
export function parts(counts: Counts): Part[] {
  const all: [Part['code'], string, number][] = [
    ['filled', '已填', counts.filled],
    ['zero', '填 0', counts.zero],
    ['not_applicable', '不适用', counts.not_applicable],
    ['nil', '零报告', counts.nil],
    ['empty', '未填', counts.empty],
  ]
  const shown = all.filter(([code, , count]) => code !== 'nil' || count > 0)
  return shown.map(([code, label, count]) => ({ code, label, count, width: counts.total === 0 ? 0 : (count / counts.total) * 100 }))
}

/** Counts the rows that say something: a figure, a zero, 不适用 or 零报告. */
export const answered = ({ total, empty }: Counts): number => total - empty

/** What stands large beside the period. */
export interface Countdown {
  figure: string
  unit: string
  words: string
  /** Whether it is high time. */
  pressing: boolean
}

/** Says how long there is left; once the return has left, that is what is said instead. */
export function countdown(period: PeriodView): Countdown {
  const { days_left, due, state, state_label } = period
  const words = `截止 ${due}`
  if (SENT.includes(state)) return { figure: state_label, unit: '', words, pressing: false }
  // Nobody is hurried by a clock that was never set, nor by a year long past.
  if (isFarOff(days_left)) {
    return { figure: `${period.period.slice(0, 4)} 年`, unit: '', words: `今天是 ${dayOf(period)}，报告期是`, pressing: false }
  }
  if (days_left < 0) return { figure: `${-days_left}`, unit: '天', words: `${words}，已经过了`, pressing: true }
  if (days_left === 0) return { figure: '今天', unit: '', words: `${words}，今天是最后一天`, pressing: true }
  return { figure: `${days_left}`, unit: '天', words: `离${words}还有`, pressing: days_left <= 1 }
}

/** Returns the place of the first step that is not done; -1 where all are. */
export const currentStep = (steps: readonly Step[]): number => steps.findIndex((step) => !step.done)

/** Returns where a step is done, as a place of the role's and as the words on its button. */
export function wayTo(step: Step, places: readonly Place[] = officePlaces): { place: PlaceName; words: string } {
  const place = placeNamed(step.place, places) ?? places[0]!
  return { place: place.name, words: `去${place.label}` }
}

/** Returns a period's name without its year: `1—2月`. */
export const monthOf = (label: string): string => label.replace(/^\d+年/, '')

/** Says how the year's periods are drawn: what is finished, under way, or wants something. */
export function markOf(state: PeriodState): 'good' | 'sent' | 'open' | 'bad' | 'none' {
  switch (state) {
    case 'accepted':
      return 'good'
    case 'exported':
    case 'pending':
    case 'locked':
      return 'sent'
    case 'draft':
    case 'changed':
      return 'open'
    case 'returned':
    case 'disputed':
      return 'bad'
    case 'untouched':
      return 'none'
  }
}
