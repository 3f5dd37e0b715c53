import type { Grid } from './grid.svelte'
import { action, type Action } from './keymap'
import { pastedWords } from './words'

/** What the grid asks of the screen around it. */
export interface Around {
  panel: () => void
  search: () => void
  say: (words: string) => void
}

type Control = HTMLInputElement | HTMLSelectElement

/** Listens for all boxes at once; the returned function ends it. */
export function attach(root: HTMLElement, grid: Grid, around: Around): () => void {
  const box = (of: EventTarget | null): Control | null =>
    (of instanceof HTMLInputElement || of instanceof HTMLSelectElement) && of.dataset['field'] !== undefined ? of : null
  const focused = () => (root.contains(document.activeElement) ? box(document.activeElement) : null)
  const model = () => grid.sheet.row(grid.at?.target)

  function keydown(event: KeyboardEvent) {
    const control = box(event.target)
    if (control === null) return
    const text = control instanceof HTMLInputElement
    const does = action(event, {
      mode: grid.mode,
      control: text ? 'text' : 'stage',
      atStart: text && control.selectionStart === 0 && control.selectionEnd === 0,
      atEnd: text && control.selectionStart === control.value.length,
      block: grid.block !== null,
    })
    if (does === null) {
      // Only what types; the caret may have been put elsewhere by a click.
      if (text && grid.mode === 'select' && event.key.length === 1 && !event.ctrlKey && !event.isComposing) control.select()
      return
    }
    if (run(does, control)) event.preventDefault()
  }

  /** Says whether the key is used up. */
  function run(does: Action, control: Control): boolean {
    switch (does.do) {
      case 'move':
        if (grid.move(does.by)) return true
        if (control instanceof HTMLInputElement) control.select()
        // Tab leaves the grid at its ends.
        return does.by !== 'next' && does.by !== 'previous'
      case 'stretch':
        grid.stretch(does.by)
        return true
      case 'all':
        grid.all()
        return true
      case 'collapse':
        grid.collapse()
        return true
      case 'edit':
        if (control instanceof HTMLInputElement && !control.readOnly) {
          grid.edit()
          control.setSelectionRange(control.value.length, control.value.length)
        }
        return true
      case 'restore':
        grid.restore()
        if (control instanceof HTMLInputElement) queueMicrotask(() => control.select())
        return true
      case 'clear':
        grid.clear()
        return true
      case 'undo':
      case 'redo':
        if (!grid.again(does.do)) around.say(does.do === 'undo' ? '没有可撤销的了' : '没有可重做的了')
        return true
      case 'problem':
        if (!grid.problem(does.by)) {
          const empty = grid.sheet.counts?.empty ?? 0
          around.say(empty === 0 ? '没有发现问题' : `填了的没有发现问题，还有 ${empty} 项未填`)
        }
        return true
      case 'panel':
        grid.commit()
        around.panel()
        return true
      case 'search':
        grid.commit()
        around.search()
        return true
      case 'list':
        return open(control)
      case 'stage': {
        const stage = model()?.row.stages[does.at]
        if (stage !== undefined) grid.set(stage.name)
        return true
      }
    }
  }

  /** Opens a list of stages where the web view can; else the key is left to it. */
  function open(control: Control): boolean {
    if (!(control instanceof HTMLSelectElement) || typeof control.showPicker !== 'function') return false
    try {
      control.showPicker()
      return true
    } catch {
      return false
    }
  }

  function focusin(event: FocusEvent) {
    const control = box(event.target)
    if (control !== null) grid.arrived({ target: control.dataset['target']!, field: control.dataset['field']! })
  }

  function focusout(event: FocusEvent) {
    // Another window in front is no end of editing.
    if (box(event.target) !== null && document.hasFocus()) grid.commit()
  }

  function input(event: Event) {
    const control = box(event.target)
    if (control instanceof HTMLInputElement) grid.type(control.value)
  }

  function change(event: Event) {
    const control = box(event.target)
    if (!(control instanceof HTMLSelectElement)) return
    grid.set(control.value)
    // What was refused must not stay chosen.
    control.value = grid.sheet.text(control.dataset['target']!, 'stage')
  }

  function mousedown(event: MouseEvent) {
    const control = box(event.target)
    if (control === null || event.button !== 0) return
    if (event.shiftKey && grid.at !== null) {
      event.preventDefault()
      grid.stretchTo(spot(control))
    } else if (control instanceof HTMLInputElement && control === document.activeElement) {
      grid.collapse()
      // A second click edits, and puts the caret where it was made.
      if (!control.readOnly) grid.edit()
    } else if (control instanceof HTMLInputElement) {
      // Focused by hand, as the click's own caret would undo the selection.
      event.preventDefault()
      control.focus({ preventScroll: true })
      control.select()
    }
  }

  function mousemove(event: MouseEvent) {
    if (event.buttons !== 1 || grid.mode === 'edit' || focused() === null) return
    const over = box(document.elementFromPoint(event.clientX, event.clientY))
    if (over !== null) grid.stretchTo(spot(over))
  }

  const spot = (control: Control) => ({ row: grid.rowOf(control.dataset['target']!), col: Number(control.dataset['col']) })

  // Older web views fire copy and paste in an unselected box only where they were told to beforehand.
  const mine = () => focused() !== null && grid.mode === 'select'
  function before(event: Event) {
    if (mine()) event.preventDefault()
  }

  function copy(event: ClipboardEvent) {
    if (!mine() || event.clipboardData === null) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', grid.copy())
    if (event.type === 'cut') grid.clear()
  }

  function paste(event: ClipboardEvent) {
    const control = focused()
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (control === null) return
    const one = !/[\t\n\r]/.test(text.replace(/(\r\n|\r|\n)$/, ''))
    if (grid.mode === 'edit' && one) return
    event.preventDefault()
    if (text === '') return
    grid.commit()
    const pasted = grid.paste(text)
    // What was refused has a place of its own to be read.
    if (pasted !== null && pasted.refused.length === 0 && pasted.edits.length !== 1) around.say(pastedWords(pasted))
    if (control instanceof HTMLInputElement) queueMicrotask(() => control.select())
  }

  const listeners: [EventTarget, string, (event: never) => void][] = [
    [root, 'keydown', keydown],
    [root, 'focusin', focusin],
    [root, 'focusout', focusout],
    [root, 'input', input],
    [root, 'change', change],
    [root, 'mousedown', mousedown],
    [root, 'mousemove', mousemove],
    [document, 'copy', copy],
    [document, 'cut', copy],
    [document, 'paste', paste],
    ...['beforecopy', 'beforecut', 'beforepaste'].map((name): [EventTarget, string, (event: never) => void] => [document, name, before]),
  ]
  for (const [on, name, listener] of listeners) on.addEventListener(name, listener as EventListener)
  return () => {
    for (const [on, name, listener] of listeners) on.removeEventListener(name, listener as EventListener)
  }
}
