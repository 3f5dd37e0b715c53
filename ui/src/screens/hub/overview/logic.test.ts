import { expect, test } from 'vitest'
import type { BehindTarget } from '../../../backend/generated/BehindTarget'
import { countOf, FEW, firstSteps, names, placeOf, segments, shownBehind, shortTitle } from './logic'

const target = (code: string, at: number): BehindTarget => ({
  target: `1-1-${at}`, name: `目标 ${at}`, chapter: '一', lamp: { code, words: '落后 3 点' }, reason: '', needed: '', pace: '',
})

test('a bar has the lamps that a chapter has, in their order', () => {
  expect(segments({ counts: [1, 9, 0, 2, 0] })).toEqual([
    { code: 'done', count: 1 },
    { code: 'green', count: 9 },
    { code: 'red', count: 2 },
  ])
  expect(segments({ counts: [0, 0, 0, 0, 0] })).toEqual([])
})

test('yellow targets are shown when asked for, and all of many', () => {
  const behind = [...Array.from({ length: FEW + 3 }, (_, at) => target('red', at)), target('yellow', 99)]
  expect(shownBehind(behind, false, false)).toHaveLength(FEW)
  expect(shownBehind(behind, false, true)).toHaveLength(FEW + 3)
  expect(shownBehind(behind, true, true).at(-1)!.lamp.code).toBe('yellow')
  expect(countOf(behind, 'red')).toBe(FEW + 3)
})

test('what is to be done leads somewhere', () => {
  expect(placeOf({ place: 'issuing' })).toBe('issuing')
  expect(placeOf({ place: 'nowhere' })).toBe('receiving')
})

test('many names end in their number', () => {
  expect(names(['甲', '乙'])).toBe('甲、乙')
  expect(names(['甲', '乙', '丙'], 2)).toBe('甲、乙等 3 家')
})

test('shortens the title of a chapter at its own pause', () => {
  expect(shortTitle('一 精准落实国家战略 奋力实现示范引领新突破')).toBe('一 精准落实国家战略')
  expect(shortTitle('一 精准落实国家战略')).toBe('一 精准落实国家战略')
  expect(shortTitle('主要预期目标')).toBe('主要预期目标')
})

test('a new hub is led to its first return', () => {
  const period = { period: '2024-02', label: '', due: '', days_left: 0, owed: 1, reported: 0, late: 0, waiting: 0, locked: false, state_label: '' }
  const hub = { plan_version: 0, plan_changed: true, enrolments: 0, periods: [period, period] }
  const next = (over: Partial<typeof hub>) => firstSteps({ ...hub, ...over }).find((step) => !step.done)
  expect(next({})?.place).toBe('targets')
  expect(next({ plan_version: 1, plan_changed: true })?.place).toBe('issuing')
  expect(next({ plan_version: 1, plan_changed: false })).toMatchObject({ place: 'receiving', title: '收注册包' })
  expect(next({ plan_version: 1, plan_changed: false, enrolments: 2 })).toMatchObject({ place: 'offices', title: '登记 2 个注册包' })
  const issued = { ...hub, plan_version: 1 }
  expect(firstSteps({ ...issued, periods: [period, { ...period, reported: 1 }] })).toEqual([])
  expect(firstSteps({ ...issued, periods: [{ ...period, waiting: 1 }, period] })).toEqual([])
})
