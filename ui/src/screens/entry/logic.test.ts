import { describe, expect, it } from 'vitest'
import type { FindingView } from '../../backend/generated/FindingView'
import type { Row } from '../../backend/generated/Row'
import { everything } from '../../grid/filter'
import { chaptersOf, chipsOf, countWords, explains, figuresOf, goalWords, inTheWay, keysOf, nothingWords, outdated, savedWords, scansOf, shownWords } from './logic'

it('names the filters with their counts', () => {
  expect(chipsOf({ all: 31, empty: 5, problem: 2, returned: 1 }).map(({ label, count }) => `${label} ${count}`)).toEqual(['全部 31', '未填 5', '有问题 2', '退回 1'])
})

describe('savedWords', () => {
  it.each([
    ['idle', false, '10:42', '✓ 已保存 10:42'],
    ['idle', false, null, '还没有填过'],
    ['saving', false, '10:42', '✓ 已保存 10:42'],
    ['saving', true, '10:42', '正在保存…'],
    ['failed', true, '10:42', '未保存'],
  ] as const)('%s, slow %s', (state, slow, at, words) => {
    expect(savedWords(state, slow, at)).toBe(words)
  })
})

it('counts in words', () => {
  const counts = { total: 34, filled: 24, zero: 3, not_applicable: 2, empty: 5, nil: 0, optional: 0 }
  expect(countWords(counts, false)).toBe('已填 24 · 未填 5 · 不适用 2 · 零 3')
  expect(countWords(counts, true)).toBe('零报告')
})

it('says what a filter leaves', () => {
  expect(shownWords(31, 31, 0)).toBe('')
  expect(shownWords(5, 31, 0)).toBe('显示 5/31 项')
  expect(shownWords(5, 31, 2)).toBe('显示 5/31 项，其中 2 项已处理')
})

it('lists every chapter once', () => {
  const group = (chapter_code: string, section: string) => ({ chapter_code, chapter: `章${chapter_code}`, section })
  expect(chaptersOf([group('', '总'), group('五', '甲'), group('五', '乙'), group('七', '丙')])).toEqual(['章', '五 章五', '七 章七'])
})

it('says what a row is measured by', () => {
  const row = { goal: '740', goal_label: '分解数', unit: '个', frequency: '每月', kind_label: '累计数', judged: true } as Row
  expect(goalWords(row)).toBe('分解数 740 个 · 累计数 · 每月')
  expect(goalWords({ ...row, goal: '≥10%', unit: '%', judged: false })).toBe('分解数 ≥10% · 累计数 · 每月 · 只汇总不考核')
  expect(goalWords({ ...row, goal: '主体封顶', unit: '' })).toBe('分解数 主体封顶 · 累计数 · 每月')
  expect(goalWords({ ...row, goal: '' })).toBe('累计数 · 每月')
})

it('asks for an explanation of warnings alone', () => {
  const finding = (error: boolean) => ({ error }) as FindingView
  expect(explains([], '', null)).toBe(false)
  expect(explains([], '', '19')).toBe(true)
  expect(explains([finding(true)], '', null)).toBe(false)
  expect(explains([finding(true), finding(false)], '', null)).toBe(true)
  expect(explains([], '因管线改迁', null)).toBe(true)
})

it('collects what a 零报告 would contradict', () => {
  const rows: Parameters<typeof inTheWay>[0] = [
    { target: 'a', name: '甲', texts: { value: '3', note: '说明', problem: '' }, evidence: [] },
    { target: 'b', name: '乙', texts: { value: '' }, evidence: [1] },
    { target: 'c', name: '丙', texts: { value: '' }, evidence: [] },
  ]
  expect(inTheWay(rows)).toEqual({
    texts: [
      { target: 'a', field: 'value', text: '' },
      { target: 'a', field: 'note', text: '' },
    ],
    rows: 1,
    evidence: [{ target: 'b', name: '乙' }],
  })
})

it('names the figures that 不适用 takes away', () => {
  const boxes = [
    { field: 'current', label: '', unit: '亿元', text: '', optional: false },
    { field: 'base', label: '', unit: '亿元', text: '', optional: false },
  ]
  expect(figuresOf({ boxes }, { current: '3.42', base: '3.05', note: '字' })).toBe('3.42 亿元、3.05 亿元')
  expect(figuresOf({ boxes }, { current: '', note: '字' })).toBe('')
})

it('says why no row is shown', () => {
  const title = (filter: object, all = 31) => nothingWords({ ...everything, ...filter }, all).title
  expect([title({}, 0), title({ chip: 'empty', query: '园' }), title({ chip: 'empty' }), title({ chip: 'problem' }), title({ chip: 'returned' }), title({ chapter: '五' })]).toEqual(
    ['没有要填报的目标', '没有找到', '没有未填的了', '没有问题', '没有退回', '没有符合的目标'],
  )
})

it('names the keys that work, each of them once', () => {
  for (const keys of [keysOf('select', false, false), keysOf('select', true, false), keysOf('select', false, true), keysOf('edit', false, false)]) {
    expect(new Set(keys.map(([key]) => key)).size).toBe(keys.length)
    expect(keys[0]).toEqual(['Enter', '下一格'])
  }
  expect(keysOf('edit', true, false)).toContainEqual(['Esc', '恢复原值'])
  expect(keysOf('select', false, true)).toContainEqual(['1…9', '选节点'])
  expect(keysOf('select', false, false, 2)).toContainEqual(['Tab', '右一格'])
  expect(keysOf('select', false, false, 1)).not.toContainEqual(['Tab', '右一格'])
})

it('knows which words about a period typing makes untrue', () => {
  expect((['untouched', 'draft', 'changed', 'exported', 'accepted', 'returned'] as const).filter(outdated)).toEqual(['untouched', 'exported', 'accepted'])
})

it('lists a scan once, with every row that it hangs on', () => {
  const file = (digest: string) => ({ digest, label: `${digest}.pdf`, size: '1 KB', media: 'pdf' })
  const rows = [
    { target: 'a', evidence: [file('x'), file('y')] },
    { target: 'b', evidence: [] },
    { target: 'c', evidence: [file('x')] },
  ]
  expect(scansOf(rows)).toEqual([
    { file: file('x'), targets: ['a', 'c'] },
    { file: file('y'), targets: ['a'] },
  ])
})
