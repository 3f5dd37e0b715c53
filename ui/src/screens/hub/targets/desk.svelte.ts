import { failureOf, type Failure } from '../../../backend/failure'
import type { DivisionEdit } from '../../../backend/generated/DivisionEdit'
import type { Edited } from '../../../backend/generated/Edited'
import type { FieldFault } from '../../../backend/generated/FieldFault'
import type { TargetDetail } from '../../../backend/generated/TargetDetail'
import type { TargetForm } from '../../../backend/generated/TargetForm'
import type { TargetLine } from '../../../backend/generated/TargetLine'
import type { TargetsView } from '../../../backend/generated/TargetsView'
import * as backend from '../../../backend/hub/targets'
import { session } from '../../../session.svelte'
import { blank, everything, shown, type Filter } from './logic'

/** A form that could not be kept yet. */
interface Unsaved {
  form: TargetForm
  faults: FieldFault[]
}

/** The plan on the desk: what is listed, what is chosen, what is being kept. */
export class PlanDesk {
  view = $state.raw<TargetsView | null>(null)
  filter = $state.raw<Filter>(everything)
  /** The target chosen. */
  at = $state<string | null>(null)
  detail = $state.raw<TargetDetail | null>(null)
  /** The form of a target that is to be added. */
  adding = $state.raw<TargetForm | null>(null)
  /** What is wrong with the form that is shown. */
  faults = $state.raw<FieldFault[]>([])
  /** What is wrong with quotas, by whom they are for. */
  quotaFaults = $state.raw<FieldFault[]>([])
  failure = $state.raw<Failure | null>(null)
  state = $state<'saved' | 'saving' | 'failed'>('saved')
  /** Forms that are not kept, by code: nothing typed is lost by looking elsewhere. */
  unsaved = $state.raw<ReadonlyMap<string, Unsaved>>(new Map())
  /** A new target that was begun and neither added nor given up. */
  #begun: TargetForm | null = null
  #last: Promise<unknown> = Promise.resolve()
  #readings = 0

  get lines(): TargetLine[] {
    return this.view === null ? [] : shown(this.view.targets, this.filter)
  }

  async read(): Promise<void> {
    try {
      await this.#last
      this.view = await backend.targets()
      this.failure = null
      const known = this.view.targets.some(({ code }) => code === this.at)
      if (this.at !== null && known) await this.choose(this.at)
      else this.#drop()
    } catch (thrown) {
      this.failure = failureOf(thrown)
    }
  }

  #drop() {
    this.at = null
    this.detail = null
  }

  /** Chooses a target and reads what there is about it. */
  async choose(code: string): Promise<void> {
    const reading = ++this.#readings
    if (code !== this.at) this.quotaFaults = []
    this.at = code
    this.adding = null
    this.faults = this.unsaved.get(code)?.faults ?? []
    try {
      await this.#last
      const detail = await backend.targetDetail(code)
      if (reading !== this.#readings) return
      const kept = this.unsaved.get(code)
      this.detail = kept === undefined ? detail : { ...detail, form: kept.form }
      if (this.state !== 'failed') this.failure = null
    } catch (thrown) {
      if (reading === this.#readings) this.failure = failureOf(thrown)
    }
  }

  /** Begins a new target in a section. */
  add(section: string): void {
    this.#readings += 1
    this.#drop()
    this.faults = []
    this.adding = this.#begun ?? blank(section)
  }

  /** Keeps what was typed of a new target, for whoever looks elsewhere meanwhile. */
  begin(form: TargetForm): void {
    // In place: the form that is shown is ahead of it already.
    if (this.adding !== null) this.#begun = Object.assign(this.adding, form)
  }

  /** Gives up a new target that was not added. */
  cancel(): void {
    this.#begun = null
    this.adding = null
    this.faults = []
  }

  /** Does one act after the other; its answer becomes what is shown. Says whether it was kept. */
  async act(run: () => Promise<Edited>, say: (faults: FieldFault[]) => void = (faults) => (this.faults = faults)): Promise<boolean> {
    const before = this.#last
    const work = (async () => {
      await before
      this.state = 'saving'
      try {
        const { faults, view, detail } = await run()
        this.view = view
        say(faults)
        if (detail !== null && detail.form.code === this.at) this.detail = detail
        this.state = 'saved'
        this.failure = null
        if (faults.length === 0) void session.refresh()
        return faults.length === 0
      } catch (thrown) {
        this.failure = failureOf(thrown)
        this.state = 'failed'
        return false
      }
    })()
    this.#last = work
    return work
  }

  /** Keeps the form of a target. */
  async save(form: TargetForm): Promise<boolean> {
    const { code } = form
    const kept = await this.act(
      () => backend.saveTarget(form),
      (faults) => {
        if (code === null || code === this.at) this.faults = faults
        this.#note(code, faults.length === 0 ? null : { form, faults })
      },
    )
    if (!kept && this.state === 'failed') this.#note(code, { form, faults: [] })
    return kept
  }

  #note(code: string | null, unsaved: Unsaved | null) {
    if (code === null) return
    const next = new Map(this.unsaved)
    if (unsaved === null) next.delete(code)
    else next.set(code, unsaved)
    this.unsaved = next
  }

  /** Adds the new target and chooses it. */
  async finish(form: TargetForm): Promise<boolean> {
    const before = new Set(this.view?.targets.map(({ code }) => code))
    if (!(await this.save(form))) return false
    this.#begun = null
    const added = this.view?.targets.find(({ code }) => !before.has(code))
    if (added !== undefined) await this.choose(added.code)
    return true
  }

  divide(edits: DivisionEdit[]): Promise<boolean> {
    const code = this.at
    if (code === null || edits.length === 0) return Promise.resolve(true)
    // What is wrong elsewhere in the column still stands in its box.
    const elsewhere = this.quotaFaults.filter(({ field }) => field !== '' && !edits.some(({ to }) => to === field))
    return this.act(() => backend.divideTarget(code, edits), (faults) => (this.quotaFaults = [...elsewhere, ...faults]))
  }

  /** Takes back that the target chosen retires with the draft. */
  restore(): Promise<boolean> {
    const code = this.at
    return code === null ? Promise.resolve(false) : this.act(() => backend.restoreTarget(code))
  }

  /** Takes back everything that was edited since the version in force. */
  async discard(): Promise<void> {
    await this.#last
    this.view = await backend.discardDraft()
    this.unsaved = new Map()
    this.state = 'saved'
    await this.read()
    void session.refresh()
  }
}

let desk: PlanDesk | null = null
let whose = ''

/** Returns the desk of the ledger that is open; it outlives the screen, so that nothing typed is lost. */
export function deskOf(of: string): PlanDesk {
  if (desk === null || whose !== of) desk = new PlanDesk()
  whose = of
  return desk
}
