import { describe, expect, it } from 'vitest'
import { looseWords, orderWords, pagesOf, phaseWords, planWanted, withNews } from './logic'

describe('what goes out by itself', () => {
  it.each([
    [{ version: 0, changed: true, trouble: null }, true],
    [{ version: 2, changed: true, trouble: null }, true],
    [{ version: 2, changed: false, trouble: null }, false],
    [{ version: 2, changed: true, trouble: { code: 'x', what: '', next: '' } }, false],
  ])('%j: %j', (view, wanted) => expect(planWanted(view)).toBe(wanted))
  it('is the receipts that say something new', () => {
    const one = { office: 'u01', name: '甲', news: true, says: '', last: '' }
    expect(withNews([one, { ...one, office: 'u02', news: false }])).toEqual(['u01'])
  })
})

it('says what would be written', () => {
  expect(orderWords(false, 0, { version: 1, changed: false })).toBe('还没有选要下达的内容。')
  expect(orderWords(true, 3, { version: 1, changed: false })).toBe('将写入：方案第 1 版，回执 3 份。')
  expect(orderWords(true, 0, { version: 1, changed: true })).toContain('新一版')
  expect(orderWords(true, 0, { version: 0, changed: true })).toBe('将写入：首次下达的方案。')
})

it('says what is loose in a new version, and nothing of one that is out', () => {
  const view = { version: 0, changed: true, trouble: null, unassigned: 3, uneven: 1 }
  expect(looseWords(view)).toBe('3 项没有分解给任何单位，由本级填报；1 项的分解数加起来与全区数不符。')
  expect(looseWords({ ...view, version: 2, unassigned: 0 })).toBe('1 项的分解数加起来与全区数不符。')
  expect(looseWords({ ...view, unassigned: 0, uneven: 0 })).toBe('')
  expect(looseWords({ ...view, version: 2, changed: false })).toBe('')
})

it('counts files, not bytes', () => {
  expect(phaseWords({ done: 0, total: 0 })).toBe('正在签名')
  expect(phaseWords({ done: 0, total: 300 })).toContain('第 1 个文件，共 3 个')
  expect(phaseWords({ done: 150, total: 300 })).toContain('第 2 个')
  expect(phaseWords({ done: 300, total: 300 })).toContain('第 3 个')
})

it('parts the list into pages without losing a file', () => {
  const files = Array.from({ length: 45 }, (_, i) => `f${i}`)
  const pages = pagesOf(files)
  expect(pages.map((page) => page.length)).toEqual([19, 19, 7])
  expect(pages.flat().map(({ file }) => file)).toEqual(files)
  expect(pages[1]![0]!.number).toBe(20)
  expect(pagesOf([])).toEqual([[]])
})
