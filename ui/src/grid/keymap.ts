import type { Motion } from './shape'

/** What a key event says. */
export interface Press {
  key: string
  ctrlKey: boolean
  shiftKey: boolean
  altKey: boolean
  metaKey: boolean
  isComposing: boolean
  keyCode: number
}

/** How the box that has the focus stands. */
export interface Standing {
  /** As in Excel: a selected box is replaced by typing, in an edited one the keys move the caret. */
  mode: 'select' | 'edit'
  control: 'text' | 'stage'
  /** Whether the caret stands before the first or behind the last character. */
  atStart: boolean
  atEnd: boolean
  /** Whether more than one box is selected. */
  block: boolean
}

export type Action =
  | { do: 'move'; by: Motion }
  | { do: 'stretch'; by: Motion }
  | { do: 'all' }
  | { do: 'collapse' }
  | { do: 'edit' }
  | { do: 'restore' }
  | { do: 'clear' }
  | { do: 'undo' }
  | { do: 'redo' }
  | { do: 'problem'; by: 1 | -1 }
  | { do: 'panel' }
  | { do: 'search' }
  | { do: 'list' }
  | { do: 'stage'; at: number }

const arrows: Record<string, Motion> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}
const pages: Record<string, Motion> = { PageUp: 'pageUp', PageDown: 'pageDown' }
const ends: Record<string, Motion> = { Home: 'rowStart', End: 'rowEnd' }
const farEnds: Record<string, Motion> = { Home: 'first', End: 'last', ArrowUp: 'first', ArrowDown: 'last' }

/**
 * Says what a key does in the grid; none where it is the box's own (typing, the caret, the clipboard) or the window's.
 *
 * A key that an input method is still composing with is never taken: 229 is what WebKit and Chromium report then.
 */
export function action(press: Press, standing: Standing): Action | null {
  if (press.isComposing || press.keyCode === 229 || press.metaKey) return null
  if (press.altKey) return withAlt(press, standing)
  if (press.ctrlKey) return withCtrl(press, standing)
  return plain(press, standing)
}

function withAlt({ key, ctrlKey, shiftKey }: Press, { control }: Standing): Action | null {
  return key === 'ArrowDown' && control === 'stage' && !ctrlKey && !shiftKey ? { do: 'list' } : null
}

function withCtrl({ key, shiftKey }: Press, { mode }: Standing): Action | null {
  const far = farEnds[key]
  if (far !== undefined && mode === 'select') return shiftKey ? { do: 'stretch', by: far } : { do: 'move', by: far }
  switch (key.toLowerCase()) {
    case 'z':
      return shiftKey ? { do: 'redo' } : { do: 'undo' }
    case 'y':
      return { do: 'redo' }
    case 'a':
      return mode === 'select' ? { do: 'all' } : null
    case 'f':
      return { do: 'search' }
    case 'enter':
      return { do: 'panel' }
    default:
      return null
  }
}

function plain({ key, shiftKey }: Press, standing: Standing): Action | null {
  const selecting = standing.mode === 'select'
  const arrow = arrows[key]
  if (arrow !== undefined) return alongArrow(arrow, shiftKey, standing)
  const page = pages[key]
  if (page !== undefined) return shiftKey && selecting ? { do: 'stretch', by: page } : { do: 'move', by: page }
  const end = ends[key]
  if (end !== undefined) {
    if (!selecting) return null
    return shiftKey ? { do: 'stretch', by: end } : { do: 'move', by: end }
  }
  switch (key) {
    case 'Enter':
      return { do: 'move', by: shiftKey ? 'up' : 'down' }
    case 'Tab':
      return { do: 'move', by: shiftKey ? 'previous' : 'next' }
    case 'Escape':
      if (!selecting) return { do: 'restore' }
      return standing.block ? { do: 'collapse' } : null
    case 'F2':
      return selecting && standing.control === 'text' ? { do: 'edit' } : { do: 'panel' }
    case 'F8':
      return { do: 'problem', by: shiftKey ? -1 : 1 }
    case 'Delete':
      return selecting ? { do: 'clear' } : null
    case '/':
      return selecting ? { do: 'search' } : null
  }
  if (standing.control !== 'stage') return null
  if (key === 'Backspace') return { do: 'clear' }
  if (key === ' ') return { do: 'list' }
  return /^[1-9]$/.test(key) ? { do: 'stage', at: Number(key) - 1 } : null
}

function alongArrow(by: Motion, shift: boolean, { mode, atStart, atEnd }: Standing): Action | null {
  if (mode === 'select') return { do: shift ? 'stretch' : 'move', by }
  if (by === 'up' || by === 'down') return shift ? null : { do: 'move', by }
  // As after typing in Excel, the arrow leaves the box where the caret can go no further.
  const leaves = !shift && (by === 'left' ? atStart : atEnd)
  return leaves ? { do: 'move', by } : null
}
