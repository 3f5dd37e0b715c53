import { describe, expect, it } from 'vitest'
import type { JudgedReturn } from '../../backend/generated/JudgedReturn'
import type { Mood } from '../../backend/generated/Mood'
import type { ReturnedCellView } from '../../backend/generated/ReturnedCellView'
import { isMended, lampOf, mendedWords, numbersOf, outcomeOf, parted, sorted, toMend } from './logic'

const file = (mood: Mood, name: string = mood) => ({ file: name, mood, message: { code: '', what: '', next: '' }, details: [] })
const cell = (mended: string | null): ReturnedCellView => ({
  target: '1', name: '', field: 'value', field_label: '', figure: '12 个', reason: '', mended, touched: mended !== null,
})
const judged = (seq: number, verdict: string, replaced_by: number | null = null, cells: ReturnedCellView[] = []): JudgedReturn => ({
  period: '2024-03', label: '', seq, verdict, verdict_label: '', mood: 'info', day: '', replaced_by, cells,
})

describe('what an import came to', () => {
  it('says what went wrong first and keeps quiet about what is for others', () => {
    const { telling, quiet } = sorted([file('good'), file('info'), file('error'), file('warning')])
    expect(telling.map((one) => one.mood)).toEqual(['error', 'warning', 'good'])
    expect(quiet.map((one) => one.mood)).toEqual(['info'])
  })
  it('says so where nothing was found, or nothing new', () => {
    expect(outcomeOf([])).toMatch('没有找到')
    expect(outcomeOf([file('info')])).toMatch('没有新的回执')
    expect(outcomeOf([file('info'), file('good')])).toBe('')
  })
})

describe('the returns', () => {
  it('shows a replaced one only while its correction waits', () => {
    const returned = judged(2, 'returned', 3, [cell('10 个')])
    const waiting = parted([judged(3, 'unknown'), returned, judged(1, 'accepted')])
    expect(waiting.present.map((one) => one.seq)).toEqual([3, 2, 1])
    const settled = parted([judged(3, 'accepted'), returned, judged(1, 'accepted')])
    expect(settled.present.map((one) => one.seq)).toEqual([3, 1])
    expect(settled.past.map((one) => one.seq)).toEqual([2])
    expect(parted([judged(3, 'unknown'), judged(2, 'accepted', 3)]).past.map((one) => one.seq)).toEqual([2])
  })
  it('counts the cells that still stand as they were sent back', () => {
    expect(toMend([judged(2, 'returned', null, [cell(null), cell('10 个')]), judged(1, 'returned', 2, [cell(null)])])).toBe(1)
  })
  it('is sent anew once every cell is mended', () => {
    expect(isMended(judged(2, 'returned', null, [cell('10 个'), cell('3 个')]))).toBe(true)
    expect(isMended(judged(2, 'returned', null, [cell('10 个'), cell(null)]))).toBe(false)
    expect(isMended(judged(2, 'returned', 3, [cell('10 个')]))).toBe(false)
    expect(isMended(judged(1, 'accepted'))).toBe(false)
  })
  it('says what became of a cell', () => {
    expect(mendedWords(cell(null), null)).toBe('待改正')
    expect(mendedWords(cell('10 个'), null)).toMatch('还没有重新报送')
    expect(mendedWords({ ...cell(null), touched: true }, null)).toMatch('还没有重新报送')
    expect(mendedWords(cell('10 个'), 3)).toBe('已用第 3 号更正')
    expect(mendedWords(cell(null), 3)).toBe('第 3 号里没有改')
  })
})

it('tells moods apart by shape', () => {
  const moods: Mood[] = ['good', 'info', 'warning', 'error']
  expect(new Set(moods.map(lampOf)).size).toBe(4)
})

it('names numbers', () => {
  expect(numbersOf([3, 5])).toBe('第 3、5 号')
})
