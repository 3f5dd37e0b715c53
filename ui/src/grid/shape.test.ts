import { describe, expect, it } from 'vitest'
import { block, boxesOf, holds, move, stretch, width, type Cursor, type Line, type Motion } from './shape'

// a: one box, b: two, c: one, d: two
const lines: Line[] = [
  { target: 'a', fields: ['value'] },
  { target: 'b', fields: ['current', 'base'] },
  { target: 'c', fields: ['stage'] },
  { target: 'd', fields: ['numerator', 'denominator'] },
]
const at = (row: number, col: number, home = col): Cursor => ({ row, col, home })

describe('move', () => {
  it.each<[Motion, Cursor, Cursor | null]>([
    ['down', at(0, 0), at(1, 0)],
    ['down', at(1, 1), at(2, 0, 1)],
    ['down', at(2, 0, 1), at(3, 1)],
    ['down', at(3, 0), null],
    ['up', at(0, 0), null],
    ['up', at(3, 1), at(2, 0, 1)],
    ['left', at(1, 0), null],
    ['left', at(1, 1), at(1, 0)],
    ['right', at(1, 0), at(1, 1)],
    ['right', at(1, 1), null],
    ['next', at(0, 0), at(1, 0)],
    ['next', at(1, 0), at(1, 1, 0)],
    ['next', at(1, 1, 0), at(2, 0)],
    ['next', at(3, 1), null],
    ['previous', at(2, 0), at(1, 1)],
    ['previous', at(1, 1), at(1, 0)],
    ['previous', at(0, 0), null],
    ['rowStart', at(1, 1), at(1, 0)],
    ['rowEnd', at(3, 0), at(3, 1)],
    ['first', at(2, 0), at(0, 0)],
    ['last', at(0, 0), at(3, 1)],
    ['pageDown', at(0, 0), at(2, 0)],
    ['pageDown', at(2, 0), at(3, 0)],
    ['pageUp', at(3, 1), at(1, 1)],
    ['pageUp', at(1, 0), at(0, 0)],
  ])('%s', (by, from, to) => {
    expect(move(lines, from, by, 2)).toEqual(to)
  })

  it('comes back with Enter to the column that Tab started from', () => {
    const tabbed = move(lines, at(1, 0), 'next', 2)!
    expect(move(lines, tabbed, 'down', 2)).toEqual(at(2, 0))
  })

  it('goes nowhere where nothing is shown', () => {
    for (const by of ['up', 'down', 'left', 'right', 'next', 'previous', 'first', 'last', 'pageDown'] as const) {
      expect(move([], at(0, 0), by, 5)).toBeNull()
    }
  })
})

describe('stretch', () => {
  it.each<[Motion, [number, number], [number, number]]>([
    ['down', [0, 0], [1, 0]],
    ['down', [3, 0], [3, 0]],
    ['right', [0, 0], [0, 1]],
    ['right', [0, 1], [0, 1]],
    ['left', [0, 0], [0, 0]],
    ['last', [0, 0], [3, 1]],
    ['first', [2, 1], [0, 0]],
    ['pageDown', [0, 1], [2, 1]],
    ['rowEnd', [2, 0], [2, 1]],
  ])('%s', (by, [row, col], to) => {
    const { row: r, col: c } = stretch(lines, { row, col }, by, 2)
    expect([r, c]).toEqual(to)
  })
})

describe('a block', () => {
  it('lies between its corners, whichever was first', () => {
    const one = block({ row: 2, col: 1 }, { row: 1, col: 0 })
    expect(one).toEqual({ top: 1, bottom: 2, left: 0, right: 1 })
    expect(holds(one, 2, 0)).toBe(true)
    expect(holds(one, 3, 0)).toBe(false)
    expect(holds({ ...one, right: 0 }, 1, 1)).toBe(false)
  })
  it('lists its boxes and the places without one', () => {
    expect(boxesOf(lines, { top: 0, bottom: 1, left: 0, right: 1 })).toEqual([
      [{ target: 'a', field: 'value' }, null],
      [
        { target: 'b', field: 'current' },
        { target: 'b', field: 'base' },
      ],
    ])
  })
  it('is as wide as the widest row', () => {
    expect(width(lines)).toBe(2)
    expect(width([])).toBe(0)
  })
})
