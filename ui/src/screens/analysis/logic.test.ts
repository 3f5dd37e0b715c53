import { describe, expect, it } from 'vitest'
import type { TrendChoice } from '../../backend/generated/TrendChoice'
import { address, ALL, byChapter, isFigures, neighbour, stepInList, stepOfPress, tsv } from './logic'

const choice = (target: string, chapter: string): TrendChoice => ({ target, name: `目标 ${target}`, chapter, lamp: null })
const targets = [choice('1-1-01', '一 海洋'), choice('1-1-02', '一 海洋'), choice('2-1-01', '二 产业')]

it('groups targets by chapter, in order', () => {
  expect(byChapter(targets).map((chapter) => [chapter.title, chapter.targets.length])).toEqual([['一 海洋', 2], ['二 产业', 1]])
  expect(byChapter([])).toEqual([])
})

describe('neighbour', () => {
  it('goes from the look at all through every target and stays at the ends', () => {
    expect(neighbour(targets, ALL, 1)).toBe('1-1-01')
    expect(neighbour(targets, '1-1-01', 1)).toBe('1-1-02')
    expect(neighbour(targets, '2-1-01', 1)).toBe('2-1-01')
    expect(neighbour(targets, '1-1-01', -1)).toBe(ALL)
    expect(neighbour(targets, ALL, -1)).toBe(ALL)
  })
  it('begins anew where the one shown is gone', () => {
    expect(neighbour(targets, 'gone', 1)).toBe('1-1-01')
  })
})

it('takes Alt and an arrow, and no other keys', () => {
  const press = { altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, key: 'ArrowDown' }
  expect(stepOfPress(press)).toBe(1)
  expect(stepOfPress({ ...press, key: 'ArrowUp' })).toBe(-1)
  expect(stepOfPress({ ...press, altKey: false })).toBeUndefined()
  expect(stepOfPress({ ...press, ctrlKey: true })).toBeUndefined()
  expect(stepOfPress({ ...press, key: 'Enter' })).toBeUndefined()
})

it('goes through the list with the arrows', () => {
  const press = (key: string, more = {}) => ({ altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, key, ...more })
  expect(stepInList(targets, '1-1-01', press('ArrowDown'))).toBe('1-1-02')
  expect(stepInList(targets, '1-1-01', press('ArrowUp'))).toBe(ALL)
  expect(stepInList(targets, '1-1-01', press('End'))).toBe('2-1-01')
  expect(stepInList(targets, '1-1-01', press('Home'))).toBe(ALL)
  expect(stepInList(targets, '1-1-01', press('Tab'))).toBeUndefined()
  expect(stepInList(targets, '1-1-01', press('ArrowDown', { altKey: true }))).toBeUndefined()
  expect(stepInList([], ALL, press('End'))).toBe(ALL)
})

it('keeps a drawing whole in its address', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>50% #1 “甲”&amp;</text></svg>'
  const made = address(svg)
  expect(made).not.toMatch(/[<>"# ]/)
  expect(decodeURIComponent(made.slice(made.indexOf(',') + 1))).toBe(svg)
})

describe('tsv', () => {
  it('is what spreadsheets paste', () => {
    expect(tsv({ heads: ['月份', '累计'], rows: [['3月', '58 个'], ['4月', '-1.5%']] })).toBe('月份\t累计\r\n3月\t58 个\r\n4月\t-1.5%')
  })
  it.each(['=1+1', '+cmd', '-2+3', '@sum', '\tx'])('makes no formula of %j', (text) => {
    expect(tsv({ heads: [], rows: [[text]] }).split('\r\n')[1]).toMatch(/^'/)
  })
  it('lets no text leave its cell', () => {
    expect(tsv({ heads: ['a\tb'], rows: [['c\r\nd']] })).toBe('a b\r\nc d')
  })
})

describe('isFigures', () => {
  it('knows figures with their units', () => {
    expect(isFigures([['39 个'], ['1,234.5 亿元'], ['—'], ['43.0%'], ['≥65%']], 0)).toBe(true)
  })
  it('takes words for words', () => {
    expect(isFigures([['推进中'], ['3 个']], 0)).toBe(false)
    expect(isFigures([['—']], 0)).toBe(false)
    expect(isFigures([['落后 7.0 点']], 0)).toBe(false)
  })
})
