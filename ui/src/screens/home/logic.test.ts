import { describe, expect, it } from 'vitest'
import type { PeriodView } from '../../backend/generated/PeriodView'
import type { Step } from '../../backend/generated/Step'
import { answered, countdown, currentStep, markOf, monthOf, parts, wayTo } from './logic'

const counts = { total: 28, filled: 21, zero: 1, not_applicable: 1, nil: 0, empty: 5, optional: 2 }

describe('parts', () => {
  it('tells the four states apart, none left out', () => {
    expect(parts(counts).map(({ label, count }) => `${label} ${count}`)).toEqual(['已填 21', '填 0 1', '不适用 1', '未填 5'])
  })
  it('adds up to the whole', () => {
    const sum = parts(counts).reduce((sum, part) => sum + part.width, 0)
    expect(sum).toBeCloseTo(100)
    expect(answered(counts)).toBe(23)
  })
  it('shows 零报告 where it is declared', () => {
    const nil = { total: 9, filled: 0, zero: 0, not_applicable: 0, nil: 9, empty: 0, optional: 0 }
    expect(parts(nil).find((part) => part.code === 'nil')).toMatchObject({ count: 9, width: 100 })
    expect(answered(nil)).toBe(9)
  })
  it('draws nothing where nothing is due', () => {
    const none = { total: 0, filled: 0, zero: 0, not_applicable: 0, nil: 0, empty: 0, optional: 3 }
    expect(parts(none).every((part) => part.width === 0)).toBe(true)
  })
})

describe('countdown', () => {
  const period: PeriodView = {
    period: '2024-06', label: '2024年6月', due: '7月5日', days_left: 3, state: 'draft', state_label: '填报中',
  }
  it('counts the days', () => {
    expect(countdown(period)).toEqual({ figure: '3', unit: '天', words: '离截止 7月5日还有', pressing: false })
    expect(countdown({ ...period, days_left: 1 }).pressing).toBe(true)
  })
  it('names the last day and the days after it', () => {
    expect(countdown({ ...period, days_left: 0 })).toMatchObject({ figure: '今天', pressing: true })
    expect(countdown({ ...period, days_left: -2 })).toMatchObject({ figure: '2', words: '截止 7月5日，已经过了' })
  })
  it('hurries nobody whose clock stands in another year', () => {
    expect(countdown({ ...period, days_left: -993 })).toEqual({
      figure: '2024 年', unit: '', words: '今天是 2027年3月25日，报告期是', pressing: false,
    })
  })
  it('hurries nobody who has reported', () => {
    expect(countdown({ ...period, days_left: -9, state: 'accepted', state_label: '已接收' })).toEqual({
      figure: '已接收', unit: '', words: '截止 7月5日', pressing: false,
    })
    expect(countdown({ ...period, state: 'returned', state_label: '退回 1 格' }).figure).toBe('3')
  })
})

describe('steps', () => {
  const step = (place: string, done: boolean): Step => ({ title: '', text: '', place, period: '2024-06', done })
  it('goes on at the first that is not done', () => {
    expect(currentStep([step('entry', true), step('checks', false), step('sending', false)])).toBe(1)
    expect(currentStep([step('entry', true)])).toBe(-1)
  })
  it('leads to its place', () => {
    expect(wayTo(step('checks', false))).toEqual({ place: 'checks', words: '去审核' })
    expect(wayTo(step('nowhere', false)).place).toBe('home')
  })
})

it('names periods without their year', () => {
  expect(monthOf('2024年1—2月')).toBe('1—2月')
  expect(monthOf('6月')).toBe('6月')
})

it('draws every state of a period', () => {
  expect(markOf('accepted')).toBe('good')
  expect(markOf('returned')).toBe('bad')
  expect(markOf('changed')).toBe('open')
  expect(markOf('exported')).toBe('sent')
  expect(markOf('untouched')).toBe('none')
})
