import { describe, expect, it } from 'vitest'
import type { CheckedTarget } from '../../backend/generated/CheckedTarget'
import type { Checks } from '../../backend/generated/Checks'
import type { FindingView } from '../../backend/generated/FindingView'
import { cellOf, chipsOf, countWords, everything, firstBlocking, groupsOf, moved, standingOf, wantsWords, worstOf } from './logic'

const finding = (error: boolean, explained = false, field = 'value'): FindingView => ({
  target: '1-1-01', name: '停车泊位', field, error, explained, message: { code: 'x', what: '', next: '' },
})
const target = (code: string | null, chapter: string, findings: FindingView[]): CheckedTarget => ({
  target: code, name: '', chapter, figures: '', explanation: '', findings,
})
const checks = (targets: CheckedTarget[]): Checks => ({
  period: { period: '2024-03', label: '2024年3月', due: '', days_left: 0, state: 'draft', state_label: '' },
  checked: 31, open: 3, open_words: '错误 2 处，待说明 1 处', errors: 2, explained: 0, lacking: null, passed: false, targets,
})

describe('how findings stand', () => {
  it('an error is one whether or not something was explained', () => {
    expect(standingOf(finding(true, true))).toBe('error')
    expect(standingOf(finding(false))).toBe('open')
    expect(standingOf(finding(false, true))).toBe('explained')
  })
  it('the worst one marks the target', () => {
    expect(worstOf(target('1', 'A', [finding(false, true), finding(false), finding(true)]))).toBe('error')
    expect(worstOf(target('1', 'A', [finding(false, true), finding(false)]))).toBe('open')
    expect(worstOf(target('1', 'A', [finding(false, true)]))).toBe('explained')
  })
  it('only warnings of a target are answered in words', () => {
    expect(wantsWords(target('1', 'A', [finding(true)]))).toBe(false)
    expect(wantsWords(target('1', 'A', [finding(true), finding(false)]))).toBe(true)
    expect(wantsWords(target(null, '', [finding(false)]))).toBe(false)
  })
})

describe('where it is mended', () => {
  it('leads to the box that still blocks, not to one that is explained', () => {
    expect(cellOf(target('1', 'A', [finding(false, true, 'value'), finding(true, false, 'base')]))).toEqual({ target: '1', field: 'base' })
    expect(cellOf(target('1', 'A', [finding(false, true, 'stage')]))).toEqual({ target: '1', field: 'stage' })
  })
  it('leads to the explanation where one is wanted', () => {
    expect(cellOf(target('1', 'A', [finding(false, false, 'value')]))).toEqual({ target: '1', field: 'explanation' })
  })
  it('leads to the sheet where the whole return is meant', () => {
    expect(cellOf(target(null, '', [finding(true, false, '')]))).toEqual({})
  })
  it('begins with the first target that blocks', () => {
    const open = target('2', 'A', [finding(false)])
    expect(firstBlocking(checks([target('1', 'A', [finding(false, true)]), open]))).toBe(open)
    expect(firstBlocking(checks([]))).toBeUndefined()
  })
})

describe('the list', () => {
  const all = checks([target('1', 'A', [finding(true)]), target('2', 'A', [finding(false)]), target('3', 'B', [finding(true)])])
  it('keeps the order of the report under its chapters', () => {
    expect(groupsOf(all, everything).map((group) => [group.chapter, group.targets.length])).toEqual([['A', 2], ['B', 1]])
    expect(groupsOf(all, 'open').map((group) => [group.chapter, group.targets.length])).toEqual([['A', 1]])
    expect(groupsOf(all, 'explained')).toEqual([])
  })
  it('offers no filter that shows nothing', () => {
    expect(chipsOf(all).map((chip) => [chip.value, chip.count])).toEqual([['all', 3], ['error', 2], ['open', 1]])
  })
  it('counts in words', () => {
    expect(countWords(all)).toBe('检查了 31 项 · 错误 2 处，待说明 1 处')
    expect(countWords({ ...all, open: 0, open_words: '', errors: 0 })).toBe('检查了 31 项 · 没有发现问题')
  })
  it('is walked through with arrows and stops at its ends', () => {
    expect(moved('ArrowDown', 0, 3)).toBe(1)
    expect(moved('ArrowDown', 2, 3)).toBe(2)
    expect(moved('ArrowUp', 0, 3)).toBe(0)
    expect(moved('End', 0, 3)).toBe(2)
    expect(moved('Home', 2, 3)).toBe(0)
    expect(moved('Enter', 0, 3)).toBeUndefined()
    expect(moved('ArrowDown', 0, 0)).toBeUndefined()
  })
})
