import { describe, expect, it } from 'vitest'
import type { OwnChoice } from '../../../backend/generated/OwnChoice'
import type { UpwardTarget } from '../../../backend/generated/UpwardTarget'
import { byChapter, chipsOf, choicesShown, shown, standingOf } from './logic'

const own = { code: '5-2-01', name: '新增企业', why: '' }
const target = (code: string, with_: Partial<UpwardTarget> = {}): UpwardTarget => ({
  code,
  name: code,
  chapter: '一、经济',
  clause: '',
  measure: '累计数，个',
  due: true,
  own,
  suggested: null,
  figure: '1 个',
  coverage: '按 1/1 家汇总',
  why_not: '',
  ...with_,
})
const all = [
  target('1-1-01'),
  target('1-1-02', { own: null, why_not: '还没有对应本单位的目标' }),
  target('1-1-03', { why_not: '还没有一家报数' }),
  target('2-1-01', { chapter: '二、社会', due: false }),
]

describe('standingOf', () => {
  it('never says that a figure leaves which was not asked for', () => {
    expect(all.map(standingOf)).toEqual(['ready', 'open', 'stuck', 'rest'])
  })
})

it('counts what each filter leaves', () => {
  expect(chipsOf(all).map(({ count }) => count)).toEqual([4, 1, 1, 1])
  for (const filter of ['open', 'stuck', 'ready'] as const) expect(shown(all, filter)).toHaveLength(1)
  expect(shown(all, 'all')).toHaveLength(4)
})

it('keeps the order of the plan, chapter by chapter', () => {
  expect(byChapter(all).map(({ chapter, targets }) => [chapter, targets.length])).toEqual([['一、经济', 3], ['二、社会', 1]])
})

it('puts what can answer first and finds by code and name', () => {
  const choice = (code: string, name: string, why_not = ''): OwnChoice => ({ code, name, measure: '', why_not, answers: '' })
  const choices = [choice('1-1-01', '甲', '单位不同'), choice('1-1-02', '乙'), choice('5-1-01', '甲乙')]
  expect(choicesShown(choices, '').map(({ code }) => code)).toEqual(['1-1-02', '5-1-01', '1-1-01'])
  expect(choicesShown(choices, ' 乙 ').map(({ code }) => code)).toEqual(['1-1-02', '5-1-01'])
  expect(choicesShown(choices, '1-1').map(({ code }) => code)).toEqual(['1-1-02', '1-1-01'])
})
