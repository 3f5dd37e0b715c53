// @vitest-environment jsdom
import { createRawSnippet, flushSync, mount, tick, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CellEdit } from '../backend/generated/CellEdit'
import { everything } from './filter'
import GridTable from './Grid.svelte'
import { Grid } from './grid.svelte'
import { counts, row, view } from './sample'
import { Sheet } from './sheet.svelte'

const rows = () => [
  row('a', { value: '1' }, { name: '新增泊位' }),
  row('b', { current: '3', base: '2' }),
  row('c', { stage: '开工' }, { stages: [{ name: '未开始', month: null }, { name: '开工', month: '3月' }] }),
  row('d', { value: '' }, { not_applicable: '没有河道' }),
]

let mounted: ReturnType<typeof mount>
let saved: CellEdit[] = []
const onpanel = vi.fn()
const onsearch = vi.fn()

async function open(): Promise<Grid> {
  const sheet = new Sheet({
    read: async () => view(rows()),
    save: async (edits) => (saved.push(...edits), { at: '10:42', standings: [], counts, open_findings: 0, nil_refused: null }),
  })
  await sheet.read()
  const grid = new Grid(sheet)
  grid.show(everything)
  const none = createRawSnippet(() => ({ render: () => '<p>没有</p>' }))
  mounted = mount(GridTable, { target: document.body, props: { grid, last: '5月', expected: '50%', onpanel, onsearch, none } })
  flushSync()
  return grid
}

const box = (id: string) => document.getElementById(`box-${id}`) as HTMLInputElement
const at = () => document.activeElement?.id

/** Presses a key where the focus is; says whether the grid took it. */
async function press(key: string, more: KeyboardEventInit = {}): Promise<boolean> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  document.activeElement!.dispatchEvent(event)
  await tick()
  await tick()
  return event.defaultPrevented
}

async function type(text: string) {
  const input = document.activeElement as HTMLInputElement
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await tick()
}

/** Sends a clipboard event; returns what was put on the clipboard. */
function clipboard(name: string, text = ''): { taken: boolean; text: string } {
  let held = text
  const event = Object.assign(new Event(name, { bubbles: true, cancelable: true }), {
    clipboardData: { getData: () => held, setData: (_: string, data: string) => (held = data) },
  })
  document.activeElement!.dispatchEvent(event)
  return { taken: event.defaultPrevented, text: held }
}

beforeEach(() => {
  saved = []
  vi.stubGlobal('ResizeObserver', class { observe() {} disconnect() {} })
})
afterEach(async () => {
  await unmount(mounted)
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

describe('the grid in a document', () => {
  it('names every box and counts its rows', async () => {
    await open()
    expect(box('a-value').getAttribute('aria-label')).toBe('新增泊位，value（个）')
    expect(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')).toBe('6')
    expect([...document.querySelectorAll('[role=row]')].map((one) => one.getAttribute('aria-rowindex'))).toEqual(['1', '2', '3', '4', '5', '6'])
  })

  it('is one stop of Tab, at the box where one was', async () => {
    const grid = await open()
    const stops = () => [...document.querySelectorAll('[data-field]')].filter((one) => (one as HTMLElement).tabIndex === 0).map(({ id }) => id)
    expect(stops()).toEqual(['box-a-value'])
    grid.go('b', 'base')
    await tick()
    expect(stops()).toEqual(['box-b-base'])
  })

  it('moves the focus, and lets Tab go at its ends', async () => {
    const grid = await open()
    grid.go('a')
    expect(await press('Enter')).toBe(true)
    expect(at()).toBe('box-b-current')
    expect(await press('Tab')).toBe(true)
    expect(at()).toBe('box-b-base')
    await press('End', { ctrlKey: true })
    expect(at()).toBe('box-d-value')
    expect(await press('Tab')).toBe(false)
    await press('Home', { ctrlKey: true })
    expect(await press('Tab', { shiftKey: true })).toBe(false)
  })

  it('speaks of a row that the filter shows, and of the same one as long as it does', async () => {
    const grid = await open()
    grid.go('a')
    const others = grid.sheet.rows.filter(({ target }) => target !== 'a')
    grid.show({ ...everything, query: others[0]!.name })
    expect(grid.at?.target).toBe(grid.shown[0]!.target)
    expect(grid.at?.target).not.toBe('a')
    const { at } = grid
    grid.show(everything)
    expect(grid.at).toBe(at)
  })

  it('saves what is typed at every key and restores it with Esc', async () => {
    const grid = await open()
    grid.go('a')
    await type('3')
    await type('31')
    expect(grid.mode).toBe('edit')
    await press('Escape')
    expect(box('a-value').value).toBe('1')
    expect(grid.mode).toBe('select')
    await vi.waitFor(() => expect(saved.map(({ text }) => text)).toEqual(['3', '31', '1']))
  })

  it('takes no key from an input method', async () => {
    const grid = await open()
    grid.go('a')
    for (const key of ['Enter', 'Escape', 'ArrowDown', 'Tab', 'F2']) {
      expect(await press(key, { isComposing: true })).toBe(false)
      expect(await press(key, { keyCode: 229 } as KeyboardEventInit)).toBe(false)
    }
    expect(at()).toBe('box-a-value')
  })

  it('copies, cuts and pastes blocks', async () => {
    const grid = await open()
    grid.go('a')
    await press('ArrowDown', { shiftKey: true })
    await press('ArrowRight', { shiftKey: true })
    expect(clipboard('copy')).toEqual({ taken: true, text: '1\t\r\n3\t2' })
    clipboard('cut')
    await tick()
    expect([box('a-value').value, box('b-base').value]).toEqual(['', ''])
    expect(clipboard('paste', '7\r\n8\t9\r\n2\r\n10\r\n').taken).toBe(true)
    await tick()
    expect([box('a-value').value, box('b-current').value, box('b-base').value, box('c-stage').value, box('d-value').value]).toEqual(['7', '8', '9', '开工', ''])
    expect(grid.pasted?.refused.map(({ text }) => text)).toEqual(['10'])
    await press('z', { ctrlKey: true })
    expect([box('a-value').value, box('b-base').value]).toEqual(['', ''])
  })

  it('leaves the clipboard to a box that is being edited', async () => {
    const grid = await open()
    grid.go('a')
    await press('F2')
    expect(clipboard('copy').taken).toBe(false)
    expect(clipboard('paste', '12').taken).toBe(false)
    expect(clipboard('paste', '12\n13').taken).toBe(true)
  })

  it('chooses stages by their number and clears them', async () => {
    const grid = await open()
    grid.go('c')
    await press('1')
    expect(box('c-stage').value).toBe('未开始')
    await press('Delete')
    expect(box('c-stage').value).toBe('')
    await press('z', { ctrlKey: true })
    await press('z', { ctrlKey: true })
    expect(box('c-stage').value).toBe('开工')
  })

  it('takes nothing into a row that does not apply, and says so in the box', async () => {
    const grid = await open()
    grid.go('d')
    expect(box('d-value').readOnly).toBe(true)
    expect(box('d-value').placeholder).toBe('不适用')
    await press('F2')
    expect(grid.mode).toBe('select')
  })

  it('asks the screen for the panel and the search', async () => {
    const grid = await open()
    grid.go('a')
    await press('F2')
    await press('F2')
    await press('Enter', { ctrlKey: true })
    expect(onpanel).toHaveBeenCalledTimes(2)
    await press('/')
    await press('f', { ctrlKey: true })
    expect(onsearch).toHaveBeenCalledTimes(2)
  })
})
