import { attachDropped, detach, pickEvidence, type ReturnOf } from '../../backend/entry'
import { Failure, failureOf } from '../../backend/failure'
import type { Attached } from '../../backend/generated/Attached'
import type { Sheet } from '../../grid/sheet.svelte'
import { session } from '../../session.svelte'

/** Adding and removing evidence, one thing at a time. */
export class EvidenceDesk {
  /** The target whose files are being read; none while nothing is under way. */
  busy = $state.raw<string | null>(null)
  /** What went wrong last, and with which target. */
  trouble = $state.raw<{ target: string; failure: Failure } | null>(null)

  pick(sheet: Sheet, target: string): Promise<void> {
    return this.#change(sheet, target, (of) => pickEvidence(of, target))
  }

  drop(sheet: Sheet, target: string): Promise<void> {
    return this.#change(sheet, target, (of) => attachDropped(of, target))
  }

  remove(sheet: Sheet, target: string, digest: string): Promise<void> {
    return this.#change(sheet, target, async (of) => ({ row: await detach(of, target, digest), refused: [] }))
  }

  async #change(sheet: Sheet, target: string, change: (of: ReturnOf) => Promise<Attached | null>): Promise<void> {
    if (this.busy !== null || sheet.view === null) return
    this.busy = target
    this.trouble = null
    try {
      const attached = await change(sheet.of)
      if (attached !== null) {
        sheet.takeRow(attached.row)
        const failure = refusal(attached)
        if (failure !== null) this.trouble = { target, failure }
        void session.refresh()
      }
    } catch (thrown) {
      this.trouble = { target, failure: failureOf(thrown) }
    }
    this.busy = null
  }
}

/** Says of every file that could not be taken why; the others were. */
export function refusal({ refused }: Attached): Failure | null {
  const [first] = refused
  if (first === undefined) return null
  const what = refused.map(({ message }) => message.what).join('；')
  return new Failure(first.message.code, what, first.message.next)
}
