import { describe, expect, it } from 'vitest'
import { isWide, pastedWords, placeholder, replacedBy, room, sectionTitle, subline, type Under, unlit } from './words'

const box = (field: string, label: string) => ({ field, label, unit: '个', text: '', optional: false })
const finding = (what: string, more: object = {}) => ({
  target: 'a',
  name: '',
  field: 'value',
  error: false,
  explained: false,
  message: { code: 'fell', what, next: '' },
  ...more,
})
const plain: Under = {
  row: { boxes: [box('value', '累计完成')], frequency: '每月', due: true, judged: true, stages: [], replaced: null },
  standing: { state: 'filled' },
  findings: [],
  returned: null,
  notApplicable: '',
  stands: [],
}
const of = (more: Partial<Under>) => subline({ ...plain, ...more })
const row = (more: object) => of({ row: { ...plain.row, ...more } }).text

describe('subline', () => {
  it('says what the boxes ask for where nothing else is to be said', () => {
    expect(of({})).toEqual({ mood: 'quiet', text: '累计完成' })
    expect(row({ boxes: [box('current', '今年累计'), box('base', '上年同期')], frequency: '每季' })).toBe('今年累计 ／ 上年同期 · 每季')
    expect(row({ boxes: [box('rate', '公布增速'), box('current', '今年累计'), box('base', '上年同期')], frequency: '每月' })).toBe('公布增速／今年／上年')
    expect(row({ due: false, frequency: '每年' })).toBe('累计完成 · 每年，本期不报')
    expect(row({ judged: false, replaced: '318' })).toBe('累计完成 · 只汇总不考核 · 原值 318')
    expect(row({ stages: [{ name: '开工', month: '3月' }, { name: '主体封顶', month: '8月' }, { name: '交付', month: null }] })).toBe('计划 8月 主体封顶')
  })

  const returned = { reason: '与现场不一致', mended: false }
  const error = finding('不是数字', { error: true })
  it('says the gravest first', () => {
    expect(of({ returned, findings: [error] })).toEqual({ mood: 'returned', text: '退回：与现场不一致' })
    expect(of({ findings: [finding('变小了'), error] })).toEqual({ mood: 'error', text: '不是数字' })
    expect(of({ findings: [finding('变大了', { explained: true }), finding('变小了')], notApplicable: '无' })).toEqual({ mood: 'warning', text: '变小了' })
    expect(of({ findings: [finding('变小了', { explained: true })] })).toEqual({ mood: 'quiet', text: '已说明 · 变小了' })
    expect(of({ returned: { ...returned, mended: true } })).toEqual({ mood: 'quiet', text: '已改正 · 退回原因：与现场不一致' })
    expect(of({ notApplicable: '无此业务' })).toEqual({ mood: 'quiet', text: '不适用：无此业务' })
  })

  it('does not call an empty row wrong', () => {
    expect(of({ standing: { state: 'empty' }, findings: [error] }).mood).toBe('quiet')
  })
})

it('tells the states of an empty box apart', () => {
  expect([placeholder(false, false, true), placeholder(false, true, true), placeholder(true, false, true), placeholder(false, false, false)]).toEqual(['未填', '不适用', '零报告', '本期不报'])
})

it('says what became of a paste', () => {
  expect(pastedWords({ edits: [1, 2], refused: [], skipped: 0 })).toBe('已填入 2 格')
  expect(pastedWords({ edits: [], refused: [1], skipped: 3 })).toBe('1 格都没有填入，3 个空格跳过，原来的数没有动')
  expect(pastedWords({ edits: [1], refused: [1], skipped: 0 })).toBe('已填入 1 格，1 格没有填入')
  expect(pastedWords({ edits: [], refused: [], skipped: 1 })).toBe('没有填入，1 个空格跳过，原来的数没有动')
})

describe('room', () => {
  it.each([
    ['', 10, ''],
    ['一二三四五六七', 10, ''],
    ['一二三四五六七八', 10, '还可写 2 字'],
    ['𠮷𠮷𠮷𠮷𠮷', 5, '还可写 0 字'],
    ['一二三四五六', 5, '超出 1 字，最多 5 字'],
  ])('of %s', (text, limit, words) => {
    expect(room(text, limit)).toBe(words)
  })
})

describe('replacedBy', () => {
  it.each([
    [null, ['318'], null],
    ['318', ['320', '43.0%'], '318'],
    ['1,937', ['1937', ''], null],
    ['11.8%', ['3.42', '3.05', '11.8%'], null],
    ['开工', ['主体封顶'], '开工'],
    ['318', ['', ''], '318'],
  ] as const)('of %s by %j', (replaced, stands, shown) => {
    expect(replacedBy(replaced, stands)).toBe(shown)
  })
})

it('names a section once', () => {
  const title = (chapter_code: string, chapter: string, section: string) => sectionTitle({ chapter_code, chapter, section })
  expect([title('五', '甲', '乙'), title('', '甲', '甲'), title('五', '甲', '')]).toEqual(['五 甲 · 乙', '甲', '五 甲'])
})

it('sets what is wide smaller', () => {
  expect(['98.7%', '1234.5%', '−123.4%', '推进中', ''].filter(isWide)).toEqual([])
  expect(['12345.6%', '1,234.56%', '主体封顶', '1094.35%'].filter(isWide)).toEqual(['12345.6%', '1,234.56%', '主体封顶', '1094.35%'])
})

it('tells what was issued later from what is not filled in, and from what is not due', () => {
  expect([placeholder(false, false, true, 'not_issued'), placeholder(true, false, true, 'not_issued')]).toEqual(['未下达', '未下达'])
  expect(placeholder(false, false, false, 'not_issued')).toBe('本期不报')
  expect([unlit(true, 'not_issued'), unlit(true, 'filled'), unlit(false, 'empty')]).toEqual(['未下达', '不亮灯', '本期不报'])
})
