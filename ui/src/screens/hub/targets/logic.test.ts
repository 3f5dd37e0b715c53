import { describe, expect, it } from 'vitest'
import type { DivisionLine } from '../../../backend/generated/DivisionLine'
import type { TargetLine } from '../../../backend/generated/TargetLine'
import { chipsOf, everything, firstStages, groupsOf, isQuota, mayMove, moved, nothingWords, oneByOne, pasteMonths, pasteQuotas, savedWords, shown, step, wholeKinds } from './logic'

const line = (code: string, more: Partial<TargetLine> = {}): TargetLine => ({
  code, chapter: code[0]!, section: code.slice(0, 3), name: `目标${code}`, clause: '原文', kind: 'count', kind_label: '累计数', unit: '个', goal: '≥120 个',
  frequency: '每月', assigned: '全部街镇', unassigned: false, quota: null, changed: false, added: false, retired: false, ...more,
})
const gap = { standing: 'short' as const, short: '缺口 20', whole: '' }
const lines = [line('1-1-01'), line('1-1-02', { unassigned: true }), line('2-1-01', { quota: gap, changed: true }), line('2-1-02', { quota: { ...gap, standing: 'even' } })]

describe('filters', () => {
  it('narrow by state, chapter and words', () => {
    const codes = (filter: Partial<typeof everything>) => shown(lines, { ...everything, ...filter }).map(({ code }) => code)
    expect(codes({ chip: 'open' })).toEqual(['1-1-02'])
    expect(codes({ chip: 'gap' })).toEqual(['2-1-01'])
    expect(codes({ chip: 'changed' })).toEqual(['2-1-01'])
    expect(codes({ chapter: '2' })).toEqual(['2-1-01', '2-1-02'])
    expect(codes({ query: ' 2-1-02 ' })).toEqual(['2-1-02'])
  })
  it('count, and a target that retires is nobody’s gap', () => {
    expect(chipsOf([...lines, line('9-1-01', { retired: true, unassigned: true, quota: gap, changed: true })]).map(({ count }) => count)).toEqual([5, 1, 1, 2])
  })
  it('say why nothing is left', () => {
    expect(nothingWords({ ...everything, query: ' 港口 ' }, 4)).toContain('“港口”')
    expect(nothingWords({ ...everything, query: '港口', chip: 'open' }, 4)).toContain('点“全部”')
    expect(nothingWords({ ...everything, query: '港口' }, 4)).not.toContain('筛选')
    expect(nothingWords({ ...everything, chip: 'open' }, 4)).toBe('目标都已分解。')
    expect(nothingWords(everything, 0)).toContain('先加章节')
  })
})

describe('groups', () => {
  it('follow the report and leave empty sections out', () => {
    const section = (code: string, title: string) => ({ code, title, targets: 0 })
    const chapters = [
      { code: '2', label: '二 产业', title: '产业', sections: [section('2-1', '工业'), section('2-2', '农业')] },
      { code: '1', label: '主要预期目标', title: '主要预期目标', sections: [section('1-1', '主要预期目标')] },
    ]
    expect(groupsOf(chapters, lines).map(({ title, lines }) => [title, lines.length])).toEqual([['二 产业 · 工业', 2], ['主要预期目标', 2]])
  })
})

const office = (to: string, more: Partial<DivisionLine> = {}): DivisionLine => ({ to, kind: 'street', name: to, whole: false, given: false, quota: '', through: '', inherited: '', ...more })
const offices = [office('every:street', { whole: true, given: true, quota: '5' }), office('every:town', { whole: true, kind: 'town' }), office('office:a'), office('office:b', { given: true, quota: '7' })]

describe('dividing', () => {
  it('lays a column over the offices, and says what it left', () => {
    const { edits, refused } = pasteQuotas([['东街道', '１２'], [''], ['x'], ['9']], offices, 1, '个')
    expect(edits).toEqual([{ to: 'every:town', given: true, quota: '１２' }])
    expect(refused.map(({ field }) => field)).toEqual(['office:b', ''])
  })
  it('are figures, or nothing', () => {
    expect(['', ' １２ ', '1,200', 'x', '约5'].map((text) => isQuota(text, '个'))).toEqual([true, true, true, false, false])
  })
  it('gives to whole kinds, keeping a quota that is there', () => {
    expect(wholeKinds(offices, ['street', 'town'])).toEqual([{ to: 'every:street', given: true, quota: '5' }, { to: 'every:town', given: true, quota: '' }])
  })
  it('turns a whole kind into its offices, but for those that had their own', () => {
    expect(oneByOne(offices, offices[0]!)).toEqual([{ to: 'every:street', given: false, quota: '' }, { to: 'office:a', given: true, quota: '5' }])
  })
})

describe('分月计划', () => {
  it('is a row or a column of twelve', () => {
    const twelve = Array.from({ length: 12 }, (_, at) => `${at}`)
    expect(pasteMonths([twelve])).toEqual(twelve)
    expect(pasteMonths(twelve.map((cell) => [` ${cell} `]))).toEqual(twelve)
    expect(pasteMonths([twelve.slice(1)])).toContain('11 个')
  })
})

describe('stages', () => {
  it('move within the list', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  })
  it('that were issued keep their order and the ends their places', () => {
    const stages = firstStages().map((stage) => ({ ...stage, fixed: true }))
    const more = [stages[0]!, { name: '开工', month: '', fixed: false }, stages[1]!, stages[2]!]
    expect(mayMove(more, 1, 1)).toBe(true)
    expect(mayMove(more, 1, -1)).toBe(false)
    expect(mayMove(more, 2, 1)).toBe(false)
    expect(mayMove(firstStages(), 0, 1)).toBe(true)
  })
})

describe('words and keys', () => {
  it('say where saving stands', () => {
    expect(savedWords('saved', '10:42', 0)).toBe('✓ 草稿已保存 10:42')
    expect(savedWords('saved', '10:42', 2)).toContain('2 处')
    expect(savedWords('saved', '', 0)).toBe('没有改动')
  })
  it('stay within the list', () => {
    expect(step('ArrowUp', 0, 9, 5)).toBe(0)
    expect(step('PageDown', 3, 9, 8)).toBe(8)
    expect(step('x', 3, 9, 8)).toBeNull()
  })
})
