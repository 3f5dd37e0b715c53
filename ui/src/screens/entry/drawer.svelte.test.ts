// @vitest-environment jsdom
import { emit } from '@tauri-apps/api/event'
import { clearMocks, mockIPC } from '@tauri-apps/api/mocks'
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Attached } from '../../backend/generated/Attached'
import type { EntrySheet } from '../../backend/generated/EntrySheet'
import type { EvidenceView } from '../../backend/generated/EvidenceView'
import { toasts } from '../../controls/toast.svelte'
import { everything } from '../../grid/filter'
import { Grid } from '../../grid/grid.svelte'
import { row, view } from '../../grid/sample'
import { Sheet } from '../../grid/sheet.svelte'
import Drawer from './Drawer.svelte'

const paper: EvidenceView = { digest: 'd', label: '会议纪要.pdf', media: 'pdf', size: '1 KB' }
const due = row('a', { value: '1' }, { name: '新增泊位' })
const other = row('b', { value: '2' }, { name: '新增充电桩' })
const resting = row('c', { value: '' }, { name: '年底考核', due: false })

let drawer: ReturnType<typeof mount> | undefined
/** The targets that files were attached to. */
let attached: unknown[] = []
/** What the backend answers, at the time of the test's choice. */
let answer: (target: string) => Promise<Attached>

/** Shows the panel beside the rows of a sheet, its first row chosen. */
async function show(more: Partial<EntrySheet> = {}): Promise<Grid> {
  mockIPC((command, args) => {
    if (command !== 'attach_dropped') return null
    const { target } = args as { target: string }
    attached.push(target)
    return answer(target)
  }, { shouldMockEvents: true })
  const sheet = new Sheet({ read: async () => view([due, other, resting], more), save: () => Promise.reject(new Error('nothing is typed here')) })
  await sheet.read()
  const grid = new Grid(sheet)
  grid.show(everything)
  grid.go('a')
  const { limits } = sheet.view!
  drawer = mount(Drawer, { target: document.body, props: { grid, limits, narrow: false } })
  for (const target of ['a', 'b', 'c']) document.body.append(Object.assign(document.createElement('div'), { id: target }))
  for (const target of ['a', 'b', 'c']) document.getElementById(target)!.dataset['target'] = target
  flushSync()
  return grid
}

/** Lets the pointer stand on an element; jsdom lays nothing out. */
function point(at: Element | null) {
  document.elementFromPoint = () => at
}

const onto = (id: string) => point(document.getElementById(id))
const drop = async () => {
  await emit('dropped', { names: ['会议纪要.pdf'], x: 5, y: 5 })
  flushSync()
}

beforeEach(() => {
  attached = []
  toasts.text = ''
  answer = async (target) => ({ row: { ...(target === 'a' ? due : other), evidence: [paper] }, refused: [] })
})

afterEach(async () => {
  if (drawer !== undefined) await unmount(drawer)
  document.body.replaceChildren()
  clearMocks()
})

it('attaches what is dropped on a row to that row, and goes there', async () => {
  const grid = await show()
  onto('b')
  await drop()
  expect(attached).toEqual(['b'])
  await vi.waitFor(() => expect(grid.sheet.row('b')?.evidence).toEqual([paper]))
  expect(grid.sheet.row('a')?.evidence).toEqual([])
  expect(grid.at?.target).toBe('b')
  flushSync()
  expect(document.querySelector('aside')?.textContent).toContain('会议纪要.pdf')
})

it('attaches what is dropped on the panel to the row that it speaks of', async () => {
  await show()
  point(document.querySelector('aside h2'))
  await drop()
  expect(attached).toEqual(['a'])
})

it('lets what is dropped beside every row lie', async () => {
  await show()
  point(document.body)
  await drop()
  point(null)
  await drop()
  expect(attached).toEqual([])
  expect(toasts.text).toBe('')
})

it('attaches nothing to a row that is not due, and says so', async () => {
  const grid = await show()
  onto('c')
  await drop()
  expect(attached).toEqual([])
  expect(toasts.text).toBe('“年底考核”本期不报，不附佐证材料')
  expect(grid.at?.target).toBe('a')
})

it('attaches nothing to 零报告, and says so', async () => {
  await show({ nil: true })
  onto('a')
  await drop()
  expect(attached).toEqual([])
  expect(toasts.text).toBe('本期是零报告，不附佐证材料')
})

it('takes one drop at a time, and the next one afterwards', async () => {
  await show()
  let finish: (attached: Attached) => void = () => {}
  answer = () => new Promise((done) => (finish = done))
  onto('b')
  await drop()
  onto('a')
  await drop()
  expect(attached).toEqual(['b'])
  expect(toasts.text).toBe('上一个文件还在处理，请稍等再拖')
  finish({ row: other, refused: [] })
  await vi.waitFor(async () => {
    await drop()
    expect(attached).toEqual(['b', 'a'])
  })
})

it('says while files hover what letting go would do', async () => {
  await show()
  const said = () => document.querySelector('[role=status]')?.textContent ?? ''
  const hover = async (id: string) => {
    onto(id)
    await emit('dragged', { x: 5, y: 5 })
    flushSync()
    return said()
  }
  expect(await hover('b')).toBe('松开鼠标，附到“新增充电桩”')
  expect(await hover('c')).toBe('“年底考核”本期不报，不附佐证材料')
  await emit('dragged', null)
  flushSync()
  expect(said()).toBe('')
})

it('hears nothing once it is gone', async () => {
  await show()
  onto('b')
  await unmount(drawer!)
  drawer = undefined
  // The backend is told first.
  await new Promise((told) => setTimeout(told))
  await drop()
  expect(attached).toEqual([])
})
