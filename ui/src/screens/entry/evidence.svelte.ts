import { attachDropped, detach, pickEvidence } from '../../backend/entry'
import { failureOf, type Failure } from '../../backend/failure'
import type { Row } from '../../backend/generated/Row'
import type { Sheet } from '../../grid/sheet.svelte'
import { session } from '../../session.svelte'

/** Adding and removing evidence, one thing at a time. */
export class EvidenceDesk {
  /** The target whose files are being read; none while nothing is under way. */
  busy = $state.raw<string | null>(null)
  /** What went wrong last, and with which target. */
  trouble = $state.raw<{ target: string; failure: Failure } | null>(null)

  pick(sheet: Sheet, target: string): Promise<void> {
    return this.#change(sheet, target, (period) => pickEvidence(period, target))
  }

  drop(sheet: Sheet, target: string): Promise<void> {
    return this.#change(sheet, target, (period) => attachDropped(period, target))
  }

  remove(sheet: Sheet, target: string, digest: string): Promise<void> {
    return this.#change(sheet, target, (period) => detach(period, target, digest))
  }

  async #change(sheet: Sheet, target: string, change: (period: string) => Promise<Row | null>): Promise<void> {
    if (this.busy !== null || sheet.view === null) return
    this.busy = target
    this.trouble = null
    try {
      const row = await change(sheet.view.period.period)
      if (row !== null) {
        sheet.takeRow(row)
        void session.refresh()
      }
    } catch (thrown) {
      this.trouble = { target, failure: failureOf(thrown) }
    }
    this.busy = null
  }
}
