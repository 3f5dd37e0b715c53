import { expect, test } from 'vitest'
import type { Bulletin } from '../../../backend/generated/Bulletin'
import type { BulletinTable } from '../../../backend/generated/BulletinTable'
import { compare, itemsOf, numbers, pageBreaks, pagesOf, plain, proportions, type Measured } from './logic'

const table = (id: string, rows: number): BulletinTable => ({
  id, title: id, heads: ['目标'], widths: [100],
  rows: [{ heading: '一', cells: [] }, ...Array.from({ length: rows }, (_, at) => ({ heading: '', cells: [`${at}`] }))],
})
const chart = (title: string) => ({ title, svg: '<svg width="880" height="440" viewBox="0 0 1 1">', alt: '', heads: [], rows: [] })
const paragraph = (id: string) => ({ id, heading: id, text: `${id}的话。`, generated: '', edited: false, replaced: null })
const view: Bulletin = {
  period: '2024-06', label: '2024年6月', title: '通报', hub: '区督查室', day: '2024年7月5日', basis: '按锁定的数', locked: true, correction: true,
  paragraphs: [paragraph('correction'), paragraph('overall'), paragraph('reporting')],
  chapters: chart('各篇'), completions: [chart('完成率')], ranking: chart('排名'), ranking_rule: '规则',
  tables: [table('correction', 1), table('all', 3)],
}

test('paragraphs are numbered; what explains a correction is not', () => {
  expect(numbers(view.paragraphs)).toEqual(['', '一', '二'])
})

test('the correction stands with the text, the other tables behind the drawings', () => {
  const items = itemsOf(view)
  expect(items.map(({ kind }) => kind)).toEqual([
    'head', 'paragraph', 'paragraph', 'paragraph', 'caption', 'heading', 'row',
    'chart', 'chart', 'chart', 'caption', 'heading', 'row', 'row', 'row',
  ])
  expect(items.filter((item) => item.kind === 'chart').map(({ note }) => note)).toEqual(['', '规则', ''])
  expect(items.filter((item) => item.kind === 'caption').map(({ text }) => text)).toEqual(['correction', '附表一　all'])
})

const block = (height: number, keep = false, head = 0): Measured => ({ height, keep, head })

test('no page holds more than it has room for, and what belongs together stays together', () => {
  expect(pageBreaks([block(40), block(40), block(40)], 100)).toEqual([2])
  expect(pageBreaks([block(60), block(10, true), block(10, true), block(40)], 100)).toEqual([1])
  expect(pageBreaks([block(90), block(500), block(10)], 100)).toEqual([1, 2])
  // A page that begins in a table repeats its head.
  expect(pageBreaks([block(95), block(30, false, 20), block(30, false, 20), block(30, false, 20), block(30, false, 20)], 100)).toEqual([1, 3])
  expect(pageBreaks([], 100)).toEqual([])
})

test('every page has the lines of a table together, under its own head', () => {
  const items = itemsOf(view)
  const pages = pagesOf(items, [13])
  expect(pages).toHaveLength(2)
  expect(pages.flat().flatMap((part) => ('lines' in part ? part.lines : [part])).map(({ at }) => at)).toEqual(items.map((_, at) => at))
  expect(pages[1]).toHaveLength(1)
})

test('a drawing says its proportions', () => {
  expect(proportions(chart('').svg)).toBe('880 / 440')
  expect(proportions('nothing')).toBe('auto')
})

test('two texts are compared sentence by sentence', () => {
  expect(compare('甲 3 个。乙不变。丙走了。', '甲 4 个。乙不变。')).toEqual([
    { text: '甲 3 个。', kind: 'gone' },
    { text: '甲 4 个。', kind: 'new' },
    { text: '乙不变。', kind: 'same' },
    { text: '丙走了。', kind: 'gone' },
  ])
  expect(compare('', '新的。')).toEqual([{ text: '新的。', kind: 'new' }])
  expect(compare('一样', '一样')).toEqual([{ text: '一样', kind: 'same' }])
})

test('the text for the clipboard has everything that is said', () => {
  const text = plain(view)
  expect(text).toContain('一、overall\noverall的话。')
  expect(text.startsWith('通报\n\n（按锁定的数）\n\ncorrection\n')).toBe(true)
  expect(text.endsWith('区督查室\n2024年7月5日')).toBe(true)
})
