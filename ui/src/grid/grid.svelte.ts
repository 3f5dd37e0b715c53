import { untrack } from 'svelte'
import { everything, nextProblem, shows, type Filter } from './filter'
import { place, type Pasted } from './paste'
import type { RowModel, Sheet } from './sheet.svelte'
import { block, boxesOf, holds, move, stretch, type Block, type Cursor, type Line, type Motion, type Place, type Spot, width } from './shape'
import { readTable, writeTable } from './tsv'

/** Returns the id of a box's element. */
export const boxId = (target: string, field: string) => `box-${target}-${field}`

/** Says why a row takes no figures now; empty where it does. */
export function locked(model: RowModel, nil: boolean): string {
  if (nil) return '本期是零报告，先撤销零报告'
  if ((model.texts['not_applicable'] ?? '') !== '') return '这一项填了不适用，先撤销不适用'
  // What was typed into a month that is not reported must be taken out again.
  const typed = model.fields.some((field) => (model.texts[field] ?? '') !== '')
  return model.due || typed ? '' : '这一项本期不报'
}

/** The cursor, the selected block and the filter of a sheet on the screen. */
export class Grid {
  filter = $state.raw<Filter>(everything)
  /** The rows shown: chosen when the filter is set, so that none goes away under the cursor. */
  shown = $state.raw<RowModel[]>([])
  at = $state.raw<Place | null>(null)
  mode = $state.raw<'select' | 'edit'>('select')
  /** What the last paste could not place. */
  pasted = $state.raw<Pasted | null>(null)
  #corner = $state.raw<Spot | null>(null)
  #home = 0
  #before = ''
  readonly lines: Line[] = $derived(this.shown.map(({ target, fields }) => ({ target, fields })))
  readonly #rowOf = $derived(new Map(this.lines.map(({ target }, row) => [target, row])))
  /** Puts the focus into a box; set by the component. */
  reach: (place: Place) => void = () => {}
  /** How many rows PageDown goes; set by the component. */
  page: () => number = () => 10

  constructor(readonly sheet: Sheet) {
    // What was read on an earlier visit stands there until it has been read anew.
    this.shown = untrack(() => sheet.rows)
  }

  get cursor(): Cursor | null {
    const row = this.at === null ? undefined : this.#rowOf.get(this.at.target)
    if (row === undefined || this.at === null) return null
    const col = Math.max(0, this.lines[row]!.fields.indexOf(this.at.field))
    return { row, col, home: this.#home }
  }

  /** The block selected; none where it is a single box. */
  get block(): Block | null {
    const cursor = this.cursor
    return cursor === null || this.#corner === null ? null : block(cursor, this.#corner)
  }

  rowOf(target: string): number {
    return this.#rowOf.get(target) ?? -1
  }

  selected(target: string, col: number): boolean {
    const around = this.block
    return around !== null && holds(around, this.rowOf(target), col)
  }

  /** Shows the rows that fit a filter now. */
  show(filter: Filter): void {
    this.filter = filter
    this.#corner = null
    this.shown = this.sheet.rows.filter((row) => shows(row, filter))
    // The panel beside the grid speaks of a row that is seen.
    const first = this.shown[0]
    if (this.at === null || first === undefined || this.shown.some(({ target }) => target === this.at?.target)) return
    this.arrived({ target: first.target, field: first.fields[0] ?? '' })
  }

  /** The focus has come to a box. */
  arrived(at: Place): void {
    if (this.at?.target === at.target && this.at.field === at.field) return
    this.commit()
    this.at = at
    this.#corner = null
    this.#home = this.cursor?.col ?? 0
  }

  /** Goes to a box, wherever it is; a filter that hides it is lifted. */
  go(target: string, field?: string): void {
    const model = this.sheet.row(target)
    if (model === undefined) return
    if (!this.#rowOf.has(target)) this.show(everything)
    const to = { target, field: model.fields.find((one) => one === field) ?? model.fields[0] ?? '' }
    this.arrived(to)
    this.reach(to)
  }

  /** Moves; says whether there was anything that way. */
  move(by: Motion): boolean {
    const cursor = this.cursor
    const to = cursor === null ? null : move(this.lines, cursor, by, this.page())
    const line = to === null ? undefined : this.lines[to.row]
    if (to === null || line === undefined) {
      this.commit()
      return false
    }
    this.arrived({ target: line.target, field: line.fields[to.col]! })
    this.#corner = null
    this.#home = to.home
    this.reach(this.at!)
    return true
  }

  stretch(by: Motion): void {
    const cursor = this.cursor
    if (cursor !== null) this.stretchTo(stretch(this.lines, this.#corner ?? cursor, by, this.page()))
  }

  stretchTo(corner: Spot): void {
    const cursor = this.cursor
    if (cursor === null) return
    this.commit()
    this.#corner = corner.row === cursor.row && corner.col === cursor.col ? null : corner
  }

  /** Returns the far corner of the block, or the cursor. */
  get corner(): Spot | null {
    return this.#corner ?? this.cursor
  }

  all(): void {
    if (this.move('first')) this.stretch('last')
  }

  collapse(): void {
    this.#corner = null
  }

  /** Begins editing; `before` is what Esc brings back. */
  edit(): void {
    if (this.at === null || this.mode === 'edit') return
    this.mode = 'edit'
    this.#corner = null
    this.#before = this.sheet.text(this.at.target, this.at.field)
    const model = this.sheet.row(this.at.target)
    if (model !== undefined) model.held = model.standing.findings
  }

  /** Takes what stands in the box now. */
  type(text: string): void {
    if (this.at === null) return
    this.edit()
    this.sheet.put([{ ...this.at, text }])
  }

  /** Ends editing and keeps the text, as one step. */
  commit(): void {
    if (this.mode === 'select' || this.at === null) return
    const { target, field } = this.at
    this.mode = 'select'
    this.sheet.steps.push([{ target, field, before: this.#before, after: this.sheet.text(target, field) }])
    const model = this.sheet.row(target)
    // The checks of the last key are still under way; what they find of half a number is not shown in between.
    void this.sheet.queue.flush().then(() => {
      if (model !== undefined && !(this.mode === 'edit' && this.at?.target === target)) model.held = null
    })
  }

  /** Ends editing and brings back the text from before. */
  restore(): void {
    if (this.mode === 'select' || this.at === null) return
    if (this.sheet.text(this.at.target, this.at.field) !== this.#before) this.sheet.put([{ ...this.at, text: this.#before }])
    this.commit()
  }

  /** Puts a text into the box as one step; a row that takes no figures is left alone. */
  set(text: string): void {
    const model = this.sheet.row(this.at?.target)
    if (this.at !== null && model !== undefined && locked(model, this.sheet.nil) === '') this.sheet.apply([{ ...this.at, text }])
  }

  /** Empties every box of the block that takes figures. */
  clear(): void {
    const boxes = this.#boxes().flat().filter((box) => box !== null)
    const open = boxes.filter(({ target }) => locked(this.sheet.row(target)!, this.sheet.nil) === '')
    this.sheet.apply(open.map((box) => ({ ...box, text: '' })))
  }

  /** Returns the block as spreadsheets take it. */
  copy(): string {
    return writeTable(this.#boxes().map((row) => row.map((box) => (box === null ? '' : this.sheet.text(box.target, box.field)))))
  }

  /** Lays a table from the clipboard over the boxes, from the top left of the block on. */
  paste(text: string): Pasted | null {
    const cursor = this.cursor
    if (cursor === null) return null
    const { top, left } = this.block ?? { top: cursor.row, left: cursor.col }
    const table = readTable(text)
    const pasted = place(table, this.lines, { row: top, col: left }, (box) => this.#target(box))
    this.sheet.apply(pasted.edits)
    const wide = table.reduce((most, row) => Math.max(most, row.length), 1)
    const bottom = Math.min(this.lines.length, top + table.length) - 1
    if (this.block === null) this.stretchTo({ row: bottom, col: Math.min(width(this.lines), left + wide) - 1 })
    this.pasted = pasted.refused.length > 0 ? pasted : null
    return pasted
  }

  /** Takes the last step back (or does it again) and goes where it was; says whether there was one. */
  again(way: 'undo' | 'redo'): boolean {
    if (this.mode === 'edit' && this.at !== null && this.sheet.text(this.at.target, this.at.field) !== this.#before) {
      this.restore()
      return true
    }
    this.commit()
    const edits = this.sheet.steps[way]()
    if (edits === null) return false
    this.sheet.put(edits)
    const first = edits[0]!
    this.go(first.target, first.field)
    return true
  }

  /** Goes to the next problem; says whether there is one. */
  problem(by: 1 | -1): boolean {
    const row = nextProblem(this.sheet.rows, this.at?.target ?? null, by)
    if (row === undefined) return false
    this.go(row.target, row.findings.find(({ error, explained }) => error || !explained)?.field)
    return true
  }

  #boxes(): (Place | null)[][] {
    const cursor = this.cursor
    if (cursor === null) return []
    return boxesOf(this.lines, this.block ?? block(cursor, cursor))
  }

  #target({ target, field }: Place) {
    const model = this.sheet.row(target)!
    const box = model.row.boxes.find((one) => one.field === field)
    return {
      name: model.name,
      box: box?.label ?? '',
      unit: box?.unit ?? '',
      stages: field === 'stage' ? model.row.stages.map(({ name }) => name) : [],
      locked: locked(model, this.sheet.nil),
    }
  }
}
