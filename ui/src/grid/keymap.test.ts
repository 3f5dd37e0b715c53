import { describe, expect, it } from 'vitest'
import { action, type Action, type Press, type Standing } from './keymap'

const selecting: Standing = { mode: 'select', control: 'text', atStart: false, atEnd: false, block: false }
const editing: Standing = { ...selecting, mode: 'edit' }
const stage: Standing = { ...selecting, control: 'stage' }

/** Reads `Ctrl+Shift+Z`. */
function press(keys: string, more: Partial<Press> = {}): Press {
  const parts = keys === '/' || keys === ' ' ? [keys] : keys.split('+')
  const has = (name: string) => parts.slice(0, -1).includes(name)
  return {
    key: parts.at(-1)!,
    ctrlKey: has('Ctrl'),
    shiftKey: has('Shift'),
    altKey: has('Alt'),
    metaKey: has('Meta'),
    isComposing: false,
    keyCode: 0,
    ...more,
  }
}

const moves = (by: string) => ({ do: 'move', by })
const stretches = (by: string) => ({ do: 'stretch', by })

describe('while a box is selected', () => {
  it.each<[string, object | null]>([
    ['Enter', moves('down')],
    ['Shift+Enter', moves('up')],
    ['Tab', moves('next')],
    ['Shift+Tab', moves('previous')],
    ['ArrowUp', moves('up')],
    ['ArrowDown', moves('down')],
    ['ArrowLeft', moves('left')],
    ['ArrowRight', moves('right')],
    ['Home', moves('rowStart')],
    ['End', moves('rowEnd')],
    ['Ctrl+Home', moves('first')],
    ['Ctrl+End', moves('last')],
    ['Ctrl+ArrowDown', moves('last')],
    ['PageUp', moves('pageUp')],
    ['PageDown', moves('pageDown')],
    ['Shift+ArrowDown', stretches('down')],
    ['Shift+ArrowRight', stretches('right')],
    ['Shift+PageDown', stretches('pageDown')],
    ['Shift+End', stretches('rowEnd')],
    ['Ctrl+Shift+End', stretches('last')],
    ['Ctrl+a', { do: 'all' }],
    ['Ctrl+A', { do: 'all' }],
    ['F2', { do: 'edit' }],
    ['Delete', { do: 'clear' }],
    ['Escape', null],
    ['Ctrl+z', { do: 'undo' }],
    ['Ctrl+Shift+Z', { do: 'redo' }],
    ['Ctrl+y', { do: 'redo' }],
    ['F8', { do: 'problem', by: 1 }],
    ['Shift+F8', { do: 'problem', by: -1 }],
    ['Ctrl+Enter', { do: 'panel' }],
    ['Ctrl+f', { do: 'search' }],
    ['/', { do: 'search' }],
  ])('%s', (keys, does) => {
    expect(action(press(keys), selecting)).toEqual(does)
  })

  it('leaves typing and the clipboard to the box', () => {
    for (const keys of ['5', '.', '-', 'a', 'Backspace', 'Ctrl+c', 'Ctrl+x', 'Ctrl+v', 'Shift', 'Process', 'F5']) {
      expect(action(press(keys), selecting), keys).toBeNull()
    }
  })

  it('gives a block up with Esc', () => {
    expect(action(press('Escape'), { ...selecting, block: true })).toEqual({ do: 'collapse' })
  })
})

describe('while a box is edited', () => {
  it.each<[string, object | null]>([
    ['Enter', moves('down')],
    ['Tab', moves('next')],
    ['ArrowUp', moves('up')],
    ['ArrowDown', moves('down')],
    ['ArrowLeft', null],
    ['ArrowRight', null],
    ['Shift+ArrowLeft', null],
    ['Shift+ArrowDown', null],
    ['Home', null],
    ['End', null],
    ['Ctrl+Home', null],
    ['Ctrl+a', null],
    ['Delete', null],
    ['/', null],
    ['PageDown', moves('pageDown')],
    ['Escape', { do: 'restore' }],
    ['F2', { do: 'panel' }],
    ['Ctrl+z', { do: 'undo' }],
  ])('%s', (keys, does) => {
    expect(action(press(keys), editing)).toEqual(does)
  })

  it('leaves the box by an arrow where the caret can go no further', () => {
    expect(action(press('ArrowRight'), { ...editing, atEnd: true })).toEqual(moves('right'))
    expect(action(press('ArrowRight'), { ...editing, atStart: true })).toBeNull()
    expect(action(press('ArrowLeft'), { ...editing, atStart: true })).toEqual(moves('left'))
    expect(action(press('Shift+ArrowRight'), { ...editing, atEnd: true })).toBeNull()
  })
})

describe('in a stage list', () => {
  it.each<[string, Action | null]>([
    ['ArrowDown', { do: 'move', by: 'down' }],
    ['Alt+ArrowDown', { do: 'list' }],
    [' ', { do: 'list' }],
    ['2', { do: 'stage', at: 1 }],
    ['0', null],
    ['Delete', { do: 'clear' }],
    ['Backspace', { do: 'clear' }],
    ['F2', { do: 'panel' }],
  ])('%s', (keys, does) => {
    expect(action(press(keys), stage)).toEqual(does)
  })
})

describe('keys that are not the grid’s', () => {
  it('never takes a key while an input method composes', () => {
    for (const keys of ['Enter', 'ArrowDown', 'Escape', 'Tab', ' ', '2', 'Delete', 'F2']) {
      for (const standing of [selecting, editing, stage]) {
        expect(action(press(keys, { isComposing: true }), standing)).toBeNull()
        expect(action(press(keys, { keyCode: 229 }), standing)).toBeNull()
      }
    }
  })
  it('leaves Alt and digits, which go to other places, alone', () => {
    expect(action(press('Alt+3'), selecting)).toBeNull()
    expect(action(press('Alt+2'), stage)).toBeNull()
    expect(action(press('Alt+ArrowDown'), selecting)).toBeNull()
    expect(action(press('Meta+z'), selecting)).toBeNull()
  })
})
