import type { ReturnOf } from '../backend/entry'
import { failureOf, type Failure } from '../backend/failure'
import { session } from '../session.svelte'
import { sheetOf } from './sheets'

/** What follows from the return in hand, read when all that was typed in it is on the disk; the latest question wins. */
export class Settled<T> {
  view = $state.raw<T | null>(null)
  /** The return that `view` is of. */
  of = $state.raw<ReturnOf>(session.returnOf)
  failure = $state.raw<Failure | null>(null)
  readonly sheet = $derived(session.period === '' ? null : sheetOf(session.whose, session.returnOf))
  /** Whether something typed could not be saved: it would not be in what is read here. */
  readonly behind = $derived(this.sheet !== null && this.sheet.failure !== null)
  readonly #read: (of: ReturnOf) => Promise<T>
  readonly #arriving: (next: T, before: T | null) => void
  #readings = 0

  constructor(read: (of: ReturnOf) => Promise<T>, arriving: (next: T, before: T | null) => void = () => {}) {
    this.#read = read
    this.#arriving = arriving
  }

  load = async (of: ReturnOf = session.returnOf) => {
    const reading = ++this.#readings
    const passed = () => reading !== this.#readings
    try {
      // What was typed last may still be on its way to the disk.
      await sheetOf(session.whose, of).queue.flush()
      if (passed()) return
      const next = await this.#read(of)
      if (passed()) return
      this.#arriving(next, this.view)
      this.view = next
      this.of = of
      this.failure = null
    } catch (thrown) {
      if (!passed()) this.failure = failureOf(thrown)
    }
  }
}
