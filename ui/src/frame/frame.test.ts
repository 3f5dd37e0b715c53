import { describe, expect, it } from 'vitest'
import type { HubHome } from '../backend/generated/HubHome'
import { countOf, dayOf, dueWords, hubCountOf, isTodo, railOf } from './frame'

const home = {
  counts: { total: 31, filled: 19, zero: 3, not_applicable: 2, nil: 0, empty: 7, optional: 4 },
  open_findings: 2,
  new_receipts: 1,
}

describe('countOf', () => {
  it('counts a zero and 不适用 as filled in', () => {
    expect(countOf('entry', home)).toBe('24/31')
  })
  it('counts what 零报告 answers as filled in', () => {
    const nil = { total: 31, filled: 0, zero: 0, not_applicable: 0, nil: 31, empty: 0, optional: 4 }
    expect(countOf('entry', { ...home, counts: nil })).toBe('31/31')
  })
  it('names findings and new receipts', () => {
    expect(countOf('checks', home)).toBe('2')
    expect(countOf('receipts', home)).toBe('1 新')
  })
  it('marks what waits, and not what is merely counted', () => {
    expect((['entry', 'checks', 'receipts', 'targets', 'receiving', 'issuing'] as const).filter(isTodo)).toEqual(['checks', 'receipts', 'receiving', 'issuing'])
  })
  it('is silent where there is nothing to do', () => {
    const done = { ...home, open_findings: 0, new_receipts: 0, counts: { ...home.counts, total: 0 } }
    for (const place of ['home', 'entry', 'checks', 'sending', 'receipts', 'analysis', 'settings'] as const) {
      expect(countOf(place, done)).toBe('')
    }
  })
})

const hub = { hub: '区督查室', year: 2024, plan_version: 2, plan_changed: true, demo: false, targets: 90, offices: 22, receiving: 3 } as HubHome

describe('the rail of a hub', () => {
  it('counts targets, offices and what waits', () => {
    expect(railOf(null, hub)).toMatchObject({
      unit: '区督查室',
      under: '汇总单位 · 2024 年方案第 2 版',
      counts: { targets: '90', offices: '22', receiving: '3 待办', issuing: '待下达', overview: '', settings: '' },
    })
  })
  it('is silent where there is nothing', () => {
    const empty = { ...hub, targets: 0, offices: 0, receiving: 0, plan_changed: false }
    for (const place of ['targets', 'offices', 'receiving', 'issuing', 'bulletin'] as const) {
      expect(hubCountOf(place, empty)).toBe('')
    }
    expect(railOf(null, { ...hub, plan_version: 0 })?.under).toBe('汇总单位 · 2024 年方案未下达')
    expect(railOf(null, null)).toBeNull()
  })
})

describe('dueWords', () => {
  it.each([
    [3, '截止 7月5日（还有 3 天）'],
    [0, '截止 7月5日（今天）'],
    [-2, '截止 7月5日（已过 2 天）'],
  ])('with %d days left says %s', (days_left, words) => {
    expect(dueWords({ due: '7月5日', days_left, state: 'draft' })).toBe(words)
  })
  it('counts no days once the return has left, and goes on when cells come back', () => {
    expect(dueWords({ due: '5月5日', days_left: -58, state: 'accepted' })).toBe('截止 5月5日')
    expect(dueWords({ due: '6月5日', days_left: -27, state: 'returned' })).toBe('截止 6月5日（已过 27 天）')
  })
  it('counts no days on a machine whose clock stands in another year', () => {
    expect(dueWords({ due: '7月5日', days_left: -993, state: 'draft' })).toBe('截止 7月5日')
    expect(dueWords({ due: '7月5日', days_left: 400 })).toBe('截止 7月5日')
    expect(dueWords({ due: '7月5日', days_left: -366, state: 'draft' })).toBe('截止 7月5日（已过 366 天）')
  })
  it('says nothing without a day', () => {
    expect(dueWords({ due: '', days_left: 3, state: 'draft' })).toBe('')
  })
})

describe('dayOf', () => {
  it('goes on from the last day', () => {
    expect(dayOf({ period: '2024-06', due: '7月5日', days_left: 3 })).toBe('2024年7月2日')
    expect(dayOf({ period: '2024-06', due: '7月5日', days_left: -993 })).toBe('2027年3月25日')
  })
  it('knows that December is due in the next year', () => {
    expect(dayOf({ period: '2024-12', due: '1月5日', days_left: 0 })).toBe('2025年1月5日')
    expect(dayOf({ period: '2024-02', due: '3月5日', days_left: 5 })).toBe('2024年2月29日')
  })
  it('says nothing without a day', () => {
    expect(dayOf({ period: '2024-06', due: '', days_left: 3 })).toBe('')
    expect(dayOf({ period: '', due: '7月5日', days_left: 3 })).toBe('')
  })
})
