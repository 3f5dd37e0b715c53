import { describe, expect, it } from 'vitest'
import type { CellState } from '../backend/generated/CellState'
import type { FindingView } from '../backend/generated/FindingView'
import { everything, isProblem, nextProblem, shows, tally, type Facts } from './filter'

const finding = (error: boolean, explained = false): FindingView => ({
  target: 'a',
  name: '',
  field: 'value',
  error,
  explained,
  message: { code: 'x', what: '', next: '' },
})
const row = (target: string, state: CellState, more: Partial<Facts> = {}, findings: FindingView[] = []): Facts => ({
  target,
  name: `目标${target}`,
  clause: '原文',
  chapter: '五',
  due: true,
  returned: null,
  standing: { state, findings },
  ...more,
})

const rows = [
  row('a', 'empty', {}, [finding(true)]),
  row('b', 'filled', {}, [finding(false)]),
  row('c', 'filled', { chapter: '六' }, [finding(false, true)]),
  row('d', 'zero', { returned: { mended: false } }),
  row('e', 'filled', { returned: { mended: true } }),
  row('f', 'unreadable', {}, [finding(true)]),
  row('g', 'empty', { due: false }),
]
const names = (those: Facts[]) => those.map(({ target }) => target).join('')
const shown = (filter: object) => names(rows.filter((one) => shows(one, { ...everything, ...filter })))

describe('filters', () => {
  it('tell 未填 from what is wrong', () => {
    expect(shown({})).toBe('abcdefg')
    expect(shown({ chip: 'empty' })).toBe('af')
    expect(shown({ chip: 'problem' })).toBe('bdf')
    expect(shown({ chip: 'returned' })).toBe('de')
    expect(tally(rows)).toEqual({ all: 7, empty: 2, problem: 3, returned: 2 })
  })
  it('take an explained warning and a mended cell for settled', () => {
    expect(isProblem(rows[2]!)).toBe(false)
    expect(isProblem(rows[4]!)).toBe(false)
  })
  it('go together with the chapter', () => {
    expect(shown({ chapter: '六' })).toBe('c')
    expect(shown({ chapter: '六', chip: 'problem' })).toBe('')
  })
  it('search name, code and clause, word by word, in any case', () => {
    expect(shown({ query: '目标b' })).toBe('b')
    expect(shown({ query: '  原文 D ' })).toBe('d')
    expect(shown({ query: '没有' })).toBe('')
    expect(shown({ query: ' ' })).toBe('abcdefg')
  })
})

describe('nextProblem', () => {
  it.each<[string | null, 1 | -1, string]>([
    [null, 1, 'b'],
    ['b', 1, 'd'],
    ['f', 1, 'b'],
    ['g', 1, 'b'],
    [null, -1, 'f'],
    ['b', -1, 'f'],
    ['f', -1, 'd'],
  ])('from %s by %d', (from, by, to) => {
    expect(nextProblem(rows, from, by)?.target).toBe(to)
  })
  it('comes back to the only one', () => {
    expect(nextProblem(rows.slice(0, 3), 'b', 1)?.target).toBe('b')
  })
  it('finds none where there is none', () => {
    expect(nextProblem([rows[0]!], null, 1)).toBeUndefined()
    expect(nextProblem([], null, 1)).toBeUndefined()
  })
})
