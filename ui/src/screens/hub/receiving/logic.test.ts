import { describe, expect, it } from 'vitest'
import type { ArrivedFile } from '../../../backend/generated/ArrivedFile'
import type { OpenedRow } from '../../../backend/generated/OpenedRow'
import type { ReturnLine } from '../../../backend/generated/ReturnLine'
import { acceptQuestion, byPeriod, choicesOf, counts, grouped, heads, isShown, lampOf, marked, matching, summary, unmarked } from './logic'

const file = (group: string): ArrivedFile => ({
  file: `${group}.tzb`, group, mood: 'info', message: { code: '', what: '', next: '' }, details: [], digest: null, office: null,
})
const line = (over: Partial<ReturnLine> = {}): ReturnLine => ({
  digest: 'a', office: 'u01', name: '隐珠街道', period: '2024-06', label: '2024年6月', seq: 6, day: '7月5日', state: 'accepted',
  state_label: '已接收', counted: true, nil: false, stand_in: false, errors: 0, paper: 'none', ...over,
})
const row = (over: Partial<OpenedRow> = {}): OpenedRow => ({
  target: '1-1-01', name: '', goal: '', figures: '1', before: null, last: '', reason: '', explanation: '', note: '', problem: '',
  next_step: '', evidence: [], findings: [], returned: [], boxes: [], ...over,
})

describe('what was received', () => {
  it('puts what somebody has to look at first, and loses no file', () => {
    const files = ['accepted', 'duplicate', 'forked', 'handed_over', 'accepted', 'rejected'].map(file)
    const groups = grouped(files)
    expect(groups.map((group) => group.group)).toEqual(['forked', 'rejected', 'handed_over', 'accepted', 'duplicate'])
    expect(groups.flatMap((group) => group.files)).toHaveLength(files.length)
    expect(grouped(heads.map((head) => file(head.group)))).toHaveLength(heads.length)
  })
  it('counts in a line, and says so where nothing was found', () => {
    expect(summary([file('accepted'), file('rejected'), file('accepted')])).toBe('共 3 个文件：拒收 1，已接收 2')
    expect(summary([])).toMatch('没有找到')
  })
})

describe('what waits', () => {
  it('is parted by period, with what only waits for the lock apart', () => {
    const parts = byPeriod([line({ period: '2024-05', state: 'locked' }), line({ state: 'pending', errors: 2 }), line({ state: 'pending' })])
    expect(parts.map(({ period, pending, locked }) => [period, pending.length, locked.length])).toEqual([['2024-05', 0, 1], ['2024-06', 2, 0]])
    expect(acceptQuestion(parts[1]!)).toMatch('2 份待审')
    expect(acceptQuestion(parts[1]!)).toMatch('1 份审核有错误')
  })
})

describe('the returns of a period', () => {
  it('are found by name, by 代录 and by their paper', () => {
    const all = [line(), line({ name: '泊里镇', stand_in: true }), line({ name: '王台街道', paper: 'differs' })]
    const names = (wanted: string) => matching(all, wanted).map((one) => one.name)
    expect(names('')).toHaveLength(3)
    expect(names('泊里')).toEqual(['泊里镇'])
    expect(names('代录')).toEqual(['泊里镇'])
    expect(names('不一致')).toEqual(['王台街道'])
    expect(names('未核对')).toEqual(['隐珠街道'])
  })
  it('show what does not count by another shape', () => {
    expect(lampOf(line())).not.toBe(lampOf(line({ counted: false })))
    expect(lampOf(line({ state: 'returned' }))).toBe('red')
    expect(lampOf(line({ state: 'pending', counted: false }))).toBe('yellow')
  })
})

describe('an opened return', () => {
  it('can be narrowed to what changed, what was found, what was said', () => {
    expect(isShown(row({ before: '12' }), 'changed')).toBe(true)
    expect(isShown(row(), 'changed')).toBe(false)
    expect(isShown(row({ problem: '缺人' }), 'words')).toBe(true)
    expect(isShown(row({ returned: [{ field: 'value', label: '', reason: '' }] }), 'found')).toBe(true)
    const chips = counts({ chapters: [{ title: '', rows: [row({ before: '1' }), row()] }] } as never)
    expect(chips.map(({ value, count }) => [value, count])).toEqual([['all', 2], ['changed', 1]])
  })
  it('has one mark for a cell', () => {
    const one = { target: '1', field: 'value', reason: '甲' }
    const marks = marked(marked([], one), { ...one, reason: '乙' })
    expect(marks.map((mark) => mark.reason)).toEqual(['乙'])
    expect(marked(marks, { ...one, field: 'note' })).toHaveLength(2)
    expect(unmarked(marks, one)).toEqual([])
  })
})

it('offers 代录 for offices of which nothing waits, and never for 本级', () => {
  const office = (office: string, enterable: boolean, begun = false) => ({ office, name: office, enterable, begun, why: '', contact: '', telephone: '', last: '', enrolled: true })
  const choices = choicesOf([office('u01', true), office('u02', false), office('u03', true, true), office('own', true)])
  expect(choices).toEqual([{ value: 'u01', label: 'u01' }, { value: 'u03', label: 'u03（已录了一部分）' }])
})
