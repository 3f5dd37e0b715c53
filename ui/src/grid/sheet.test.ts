import { describe, expect, it } from 'vitest'
import type { CellEdit } from '../backend/generated/CellEdit'
import type { EntrySheet } from '../backend/generated/EntrySheet'
import type { Row } from '../backend/generated/Row'
import type { Saved } from '../backend/generated/Saved'
import { everything } from './filter'
import { Grid, locked } from './grid.svelte'
import { counts, row, view } from './sample'
import { Sheet } from './sheet.svelte'

/** A sheet over a backend that answers when told to. */
async function desk(rows: Row[] = [row('a', { value: '1' }), row('b', { current: '3', base: '2' }), row('c', { value: '' }), row('d', { value: '' }, { due: false })]) {
  const sent: CellEdit[][] = []
  const answers: ((saved: Saved) => void)[] = []
  const shown = { view: view(rows) }
  const sheet = new Sheet({
    read: async () => shown.view,
    save: (edits) => new Promise((answer) => (sent.push(edits), answers.push(answer))),
  })
  await sheet.read()
  const grid = new Grid(sheet)
  grid.show(everything)
  const answer = async (more: Partial<Saved> = {}) => {
    answers.shift()!({ at: '10:42', standings: [], counts, open_findings: 0, nil_refused: null, ...more })
    await new Promise((done) => setTimeout(done, 0))
  }
  const texts = (edits: CellEdit[] | undefined) => edits?.map(({ target, field, text }) => `${target}.${field}=${text}`).join(' ')
  return { sheet, grid, sent: () => sent.map(texts), answer, shown }
}

describe('a sheet', () => {
  it('shows a text at once, and what is saved does not overwrite what is typed meanwhile', async () => {
    const { sheet, answer, sent } = await desk()
    sheet.put([{ target: 'a', field: 'value', text: '3' }])
    sheet.put([{ target: 'a', field: 'value', text: '31' }])
    expect(sheet.text('a', 'value')).toBe('31')
    const standing = { ...sheet.row('a')!.standing, computed: '43.0%' }
    await answer({ standings: [standing] })
    expect(sheet.text('a', 'value')).toBe('31')
    expect(sheet.row('a')!.standing.computed).toBe('43.0%')
    expect(sent()).toEqual(['a.value=3', 'a.value=31'])
    await answer({ at: '10:43' })
    expect([sheet.saving, sheet.savedAt]).toEqual(['idle', '10:43'])
  })

  it('keeps what is typed while it is read anew', async () => {
    const { sheet, answer } = await desk()
    let come: (view: EntrySheet) => void = () => {}
    const reading = sheet.read(() => new Promise((arrive) => (come = arrive)))
    await Promise.resolve()
    await Promise.resolve()
    sheet.put([{ target: 'a', field: 'value', text: '77' }])
    // Saved before the reading arrives, which was made before it.
    await answer()
    come(view([row('a', { value: '1' }), row('b', { current: '8', base: '2' })]))
    await reading
    expect(sheet.text('a', 'value')).toBe('77')
    expect(sheet.text('b', 'current')).toBe('8')
    expect(sheet.row('c')).toBeUndefined()
  })

  it('puts nothing into rows that it does not have', async () => {
    const { sheet, sent } = await desk()
    sheet.put([{ target: 'x', field: 'value', text: '1' }])
    expect(sent()).toEqual([])
  })

  it('calls a returned row mended once it is changed, and not when it is changed back', async () => {
    const returned = { reason: '不一致', field: '', figure: '', day: '', mended: false }
    const { sheet } = await desk([row('a', { value: '1' }, { returned })])
    expect(sheet.row('a')!.returned!.mended).toBe(false)
    sheet.put([{ target: 'a', field: 'value', text: '2' }])
    expect(sheet.row('a')!.returned!.mended).toBe(true)
    sheet.put([{ target: 'a', field: 'value', text: '1' }])
    expect(sheet.row('a')!.returned!.mended).toBe(false)
  })
})

describe('the grid', () => {
  it('makes one step of everything typed into a box', async () => {
    const { grid, sheet } = await desk()
    grid.go('a')
    for (const text of ['3', '31', '318']) grid.type(text)
    expect(grid.move('down')).toBe(true)
    expect(grid.at).toEqual({ target: 'b', field: 'current' })
    expect(grid.again('undo')).toBe(true)
    expect(sheet.text('a', 'value')).toBe('1')
    expect(grid.at).toEqual({ target: 'a', field: 'value' })
    expect(grid.again('undo')).toBe(false)
    expect(grid.again('redo')).toBe(true)
    expect(sheet.text('a', 'value')).toBe('318')
  })

  it('brings back with Esc what stood there, and makes no step of it', async () => {
    const { grid, sheet } = await desk()
    grid.go('a')
    grid.type('9')
    grid.restore()
    expect(sheet.text('a', 'value')).toBe('1')
    expect(grid.mode).toBe('select')
    expect(grid.again('undo')).toBe(false)
  })

  it('shows no warning about half a number', async () => {
    const { grid, sheet, answer } = await desk()
    const finding = { target: 'a', name: '', field: 'value', error: false, explained: false, message: { code: '', what: '变小了', next: '' } }
    const standing = (findings: (typeof finding)[]) => ({ ...sheet.row('a')!.standing, findings })
    grid.go('a')
    grid.type('3')
    grid.type('31')
    await answer({ standings: [standing([finding])] })
    expect(sheet.row('a')!.findings).toEqual([])
    grid.move('down')
    expect(sheet.row('a')!.findings).toEqual([])
    await answer({ standings: [standing([])] })
    expect(sheet.row('a')!.findings).toEqual([])
    sheet.row('a')!.standing = standing([finding])
    expect(sheet.row('a')!.findings).toEqual([finding])
  })

  it('copies and pastes blocks, in one step', async () => {
    const { grid, sheet } = await desk()
    grid.go('a')
    grid.stretch('down')
    grid.stretch('right')
    expect(grid.copy()).toBe('1\t\r\n3\t2')
    const pasted = grid.paste('5\t\r\n6\t7\r\n8')!
    expect(pasted.refused).toEqual([])
    expect([sheet.text('a', 'value'), sheet.text('b', 'current'), sheet.text('b', 'base'), sheet.text('c', 'value')]).toEqual(['5', '6', '7', '8'])
    grid.again('undo')
    expect([sheet.text('a', 'value'), sheet.text('b', 'base'), sheet.text('c', 'value')]).toEqual(['1', '2', ''])
  })

  it('pastes over the rows shown, not those filtered away', async () => {
    const { grid, sheet } = await desk()
    grid.show({ ...everything, chip: 'empty' })
    expect(grid.lines.map(({ target }) => target)).toEqual(['a', 'b', 'c'])
    grid.show({ ...everything, query: '目标c' })
    grid.go('c')
    expect(grid.paste('4\r\n5')!.refused.map(({ text }) => text)).toEqual(['5'])
    expect(sheet.text('c', 'value')).toBe('4')
  })

  it('empties a block but for rows that take nothing', async () => {
    const { grid, sheet } = await desk([row('a', { value: '1' }), row('b', { value: '2' }, { not_applicable: '没有河道' }), row('c', { value: '3' })])
    grid.go('a')
    grid.stretch('last')
    grid.clear()
    expect(['a', 'b', 'c'].map((target) => sheet.text(target, 'value'))).toEqual(['', '2', ''])
  })

  it('lifts a filter that hides where it goes', async () => {
    const { grid } = await desk()
    grid.show({ ...everything, query: '目标c' })
    grid.go('b', 'base')
    expect(grid.at).toEqual({ target: 'b', field: 'base' })
    expect(grid.filter).toEqual(everything)
    expect(grid.shown).toHaveLength(4)
  })

  it('keeps a row that no longer fits its filter under the cursor', async () => {
    const { grid, sheet } = await desk()
    grid.show({ ...everything, chip: 'empty' })
    sheet.row('a')!.standing = { ...sheet.row('a')!.standing, state: 'filled' }
    expect(grid.shown.map(({ target }) => target)).toEqual(['a', 'b', 'c'])
    grid.show(grid.filter)
    expect(grid.shown.map(({ target }) => target)).toEqual(['b', 'c'])
  })
})

it('says why a row takes no figures', async () => {
  const { sheet } = await desk()
  expect(locked(sheet.row('a')!, false)).toBe('')
  expect(locked(sheet.row('a')!, true)).toContain('零报告')
  expect(locked(sheet.row('d')!, false)).toContain('本期不报')
  sheet.put([{ target: 'd', field: 'value', text: '5' }])
  expect(locked(sheet.row('d')!, false)).toBe('')
  sheet.put([{ target: 'a', field: 'not_applicable', text: '没有' }])
  expect(locked(sheet.row('a')!, false)).toContain('不适用')
})
