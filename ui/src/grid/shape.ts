/** A visible row of the grid: a target and its boxes. */
export interface Line {
  target: string
  fields: readonly string[]
}

/** A box by its place among the visible ones. */
export interface Spot {
  row: number
  col: number
}

export type Motion =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'next'
  | 'previous'
  | 'rowStart'
  | 'rowEnd'
  | 'first'
  | 'last'
  | 'pageUp'
  | 'pageDown'

/** Where the cursor stands, and the column that it comes back to when it moves down through shorter rows. */
export interface Cursor extends Spot {
  home: number
}

/** Returns the widest row's number of boxes. */
export function width(lines: readonly Line[]): number {
  return lines.reduce((most, line) => Math.max(most, line.fields.length), 0)
}

function spot(lines: readonly Line[], row: number, home: number): Cursor {
  const within = Math.min(lines.length - 1, Math.max(0, row))
  return { row: within, col: Math.min(home, (lines[within]?.fields.length ?? 1) - 1), home }
}

/** Moves the cursor; none where there is nothing further that way, so that Tab can leave the grid. */
export function move(lines: readonly Line[], at: Cursor, by: Motion, page: number): Cursor | null {
  const last = (lines[at.row]?.fields.length ?? 1) - 1
  const to = (row: number, col: number): Cursor => ({ row, col, home: col })
  switch (by) {
    case 'up':
      return at.row > 0 ? spot(lines, at.row - 1, at.home) : null
    case 'down':
      return at.row < lines.length - 1 ? spot(lines, at.row + 1, at.home) : null
    case 'pageUp':
      return at.row > 0 ? spot(lines, at.row - page, at.home) : null
    case 'pageDown':
      return at.row < lines.length - 1 ? spot(lines, at.row + page, at.home) : null
    case 'left':
      return at.col > 0 ? to(at.row, at.col - 1) : null
    case 'right':
      return at.col < last ? to(at.row, at.col + 1) : null
    case 'rowStart':
      return to(at.row, 0)
    case 'rowEnd':
      return to(at.row, last)
    case 'first':
      return lines.length > 0 ? to(0, 0) : null
    case 'last':
      return lines.length > 0 ? to(lines.length - 1, lines[lines.length - 1]!.fields.length - 1) : null
    // As in Excel, Enter after Tab goes back to the column that Tab started from.
    case 'next':
      if (at.col < last) return { ...at, col: at.col + 1 }
      return at.row < lines.length - 1 ? to(at.row + 1, 0) : null
    case 'previous':
      if (at.col > 0) return { ...at, col: at.col - 1, home: Math.min(at.home, at.col - 1) }
      return at.row > 0 ? to(at.row - 1, lines[at.row - 1]!.fields.length - 1) : null
  }
}

/** Moves the far corner of a block; it may stand where a shorter row has no box. */
export function stretch(lines: readonly Line[], corner: Spot, by: Motion, page: number): Spot {
  const rows = lines.length - 1
  const cols = width(lines) - 1
  const row = (value: number) => Math.min(rows, Math.max(0, value))
  switch (by) {
    case 'up':
    case 'previous':
      return { ...corner, row: row(corner.row - 1) }
    case 'down':
    case 'next':
      return { ...corner, row: row(corner.row + 1) }
    case 'pageUp':
      return { ...corner, row: row(corner.row - page) }
    case 'pageDown':
      return { ...corner, row: row(corner.row + page) }
    case 'left':
      return { ...corner, col: Math.max(0, corner.col - 1) }
    case 'right':
      return { ...corner, col: Math.min(cols, corner.col + 1) }
    case 'rowStart':
      return { ...corner, col: 0 }
    case 'rowEnd':
      return { ...corner, col: cols }
    case 'first':
      return { row: 0, col: 0 }
    case 'last':
      return { row: rows, col: cols }
  }
}

/** A block of boxes, corners included. */
export interface Block {
  top: number
  bottom: number
  left: number
  right: number
}

/** Returns the block between two corners. */
export function block(a: Spot, b: Spot): Block {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.col, b.col),
    right: Math.max(a.col, b.col),
  }
}

/** Says whether a box lies in a block. */
export function holds(block: Block, row: number, col: number): boolean {
  return row >= block.top && row <= block.bottom && col >= block.left && col <= block.right
}

/** A box by its names. */
export interface Place {
  target: string
  field: string
}

/** Lists the boxes of a block, row by row; none stands for a place where the row has no box. */
export function boxesOf(lines: readonly Line[], { top, bottom, left, right }: Block): (Place | null)[][] {
  return lines.slice(top, bottom + 1).map(({ target, fields }) =>
    Array.from({ length: right - left + 1 }, (_, at) => {
      const field = fields[left + at]
      return field === undefined ? null : { target, field }
    }),
  )
}
