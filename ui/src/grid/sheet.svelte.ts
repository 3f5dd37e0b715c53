import type { ReturnOf } from '../backend/entry'
import type { CellEdit } from '../backend/generated/CellEdit'
import type { Counts } from '../backend/generated/Counts'
import type { EntrySheet } from '../backend/generated/EntrySheet'
import type { EvidenceView } from '../backend/generated/EvidenceView'
import type { FindingView } from '../backend/generated/FindingView'
import type { Message } from '../backend/generated/Message'
import type { ReturnedView } from '../backend/generated/ReturnedView'
import type { Row } from '../backend/generated/Row'
import type { Saved } from '../backend/generated/Saved'
import type { Standing } from '../backend/generated/Standing'
import { failureOf, type Failure } from '../backend/failure'
import { SaveQueue, type SavingState } from './queue'
import { Steps } from './steps'
import { chapterTitle, sectionTitle } from './words'

/** The texts beside the figures, by the code of their boxes. */
const WORDS = ['note', 'problem', 'next_step', 'explanation', 'not_applicable'] as const

/** One target on the screen: what was read of it, and what stands in its boxes now. */
export class RowModel {
  /** Everything that typing does not change. */
  row = $state.raw<Row>() as Row
  texts = $state<Record<string, string>>({})
  standing = $state.raw<Standing>() as Standing
  evidence = $state.raw<EvidenceView[]>([])
  /** The texts as read. */
  read: Readonly<Record<string, string>> = {}
  /** What the hub sent back; a row that is typed into is mended before it is read anew. */
  readonly returned: ReturnedView | null = $derived.by(() => {
    const { returned } = this.row
    if (returned === null) return null
    return { ...returned, mended: returned.mended || Object.entries(this.texts).some(([field, text]) => text !== (this.read[field] ?? '')) }
  })
  /** What the checks had found before the row was typed into; none while it is left alone. */
  held = $state.raw<FindingView[] | null>(null)
  /** Number and title of the chapter. */
  chapter = $state.raw('')

  constructor(readonly target: string) {}

  get name() {
    return this.row.name
  }

  get clause() {
    return this.row.clause
  }

  get due() {
    return this.row.due
  }

  get fields(): string[] {
    return this.row.boxes.map(({ field }) => field)
  }

  /** What stands in the boxes now, and what was computed of it. */
  get stands(): string[] {
    return [...this.fields.map((field) => this.texts[field] ?? ''), this.standing.computed]
  }

  /** What to show of the checks: half a number is not yet worth a warning. */
  get findings(): FindingView[] {
    return this.held ?? this.standing.findings
  }
}

/** A section with its rows. */
export interface Section {
  title: string
  rows: RowModel[]
}

/** Where a sheet's figures come from and go to. */
export interface Source {
  read(): Promise<EntrySheet>
  save(edits: CellEdit[]): Promise<Saved>
}

/** The sheet of one period, as it is being typed into. */
export class Sheet {
  /** The sheet as last read; none before that. */
  view = $state.raw<EntrySheet | null>(null)
  sections = $state.raw<Section[]>([])
  rows = $state.raw<RowModel[]>([])
  counts = $state.raw<Counts | null>(null)
  /** Errors and open warnings as of the last saving; none before one. */
  openFindings = $state.raw<number | null>(null)
  nil = $state(false)
  /** Why 零报告 cannot be declared; none where it can. */
  nilRefused = $state.raw<Message | null>(null)
  savedAt = $state.raw<string | null>(null)
  saving = $state.raw<SavingState>('idle')
  /** Why the last saving failed; none after one that worked. */
  failure = $state.raw<Failure | null>(null)
  readonly steps = new Steps()
  readonly queue: SaveQueue<Saved>
  #source: Source
  #models = new Map<string, RowModel>()
  /** Boxes typed into while a reading is under way: they know better than what it brings. */
  #touched: Set<string> | null = null

  constructor(
    source: Source,
    /** Whose return it is. */
    readonly of: ReturnOf = { period: '', office: null },
  ) {
    this.#source = source
    this.queue = new SaveQueue((edits) => this.#source.save(edits), {
      saved: (saved) => this.#take(saved),
      failed: (thrown) => (this.failure = failureOf(thrown)),
      state: (state) => (this.saving = state),
    })
  }

  row(target: string | null | undefined): RowModel | undefined {
    return target === null || target === undefined ? undefined : this.#models.get(target)
  }

  text(target: string, field: string): string {
    return this.#models.get(target)?.texts[field] ?? ''
  }

  /** Shows texts at once and saves them. */
  put(edits: readonly CellEdit[]): void {
    const known = edits.filter((edit) => {
      const model = this.#models.get(edit.target)
      if (model === undefined) return false
      model.texts[edit.field] = edit.text
      this.#touched?.add(`${edit.target}\t${edit.field}`)
      return true
    })
    if (known.length > 0) this.queue.add(known)
  }

  /** Puts texts as one step that can be undone. */
  apply(edits: readonly CellEdit[]): void {
    this.steps.push(
      edits.map(({ target, field, text }) => ({ target, field, before: this.text(target, field), after: text })),
    )
    this.put(edits.filter(({ target, field, text }) => text !== this.text(target, field)))
  }

  /** Reads the sheet anew, from the backend or from what a command answers; what is typed meanwhile stays. */
  async read(from: () => Promise<EntrySheet> = () => this.#source.read()): Promise<void> {
    await this.queue.flush()
    this.#touched = new Set()
    try {
      this.#show(await from())
    } finally {
      this.#touched = null
    }
  }

  /** Takes over what changed about a row beside its texts. */
  takeRow(row: Row): void {
    const model = this.#models.get(row.target)
    if (model === undefined) return
    model.evidence = row.evidence
    model.standing = row.standing
  }

  #take(saved: Saved): void {
    this.failure = null
    this.savedAt = saved.at
    this.counts = saved.counts
    this.openFindings = saved.open_findings
    this.nilRefused = saved.nil_refused
    for (const standing of saved.standings) {
      const model = this.#models.get(standing.target)
      if (model !== undefined) model.standing = standing
    }
  }

  #show(view: EntrySheet): void {
    const newer = new Set(this.#touched)
    for (const { target, field } of this.queue.unsaved) newer.add(`${target}\t${field}`)
    const models = new Map<string, RowModel>()
    this.sections = view.groups.map((group) => ({
      title: sectionTitle(group),
      rows: group.rows.map((row) => {
        const model = this.#models.get(row.target) ?? new RowModel(row.target)
        fill(model, row, chapterTitle(group), newer)
        models.set(row.target, model)
        return model
      }),
    }))
    this.#models = models
    this.rows = this.sections.flatMap(({ rows }) => rows)
    this.view = view
    this.nil = view.nil
    this.nilRefused = view.nil_refused
    this.counts = view.counts
    this.openFindings = null
    this.savedAt = view.saved
  }
}

function fill(model: RowModel, row: Row, chapter: string, newer: ReadonlySet<string>): void {
  const texts: [string, string][] = [
    ...row.boxes.map(({ field, text }): [string, string] => [field, text]),
    ...WORDS.map((field): [string, string] => [field, row[field]]),
  ]
  model.read = Object.fromEntries(texts)
  for (const [field, text] of texts) {
    if (!newer.has(`${row.target}\t${field}`)) model.texts[field] = text
  }
  model.row = row
  model.chapter = chapter
  model.standing = row.standing
  model.evidence = row.evidence
}
