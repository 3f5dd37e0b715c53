import { failureOf, type Failure } from '../../backend/failure'
import type { Delivery } from '../../backend/generated/Delivery'
import type { Progress } from '../../backend/progress'

/** The delivery that goes on or came last; it outlives the screen, so that one may look elsewhere meanwhile. */
export class Job<Result> {
  /** How far it is; null while nothing goes on. */
  progress = $state.raw<Progress | null>(null)
  /** What lies on the drive now; null unless the last one worked. */
  delivery = $state.raw<Result | null>(null)
  failure = $state.raw<Failure | null>(null)

  #whose = ''

  /** Forgets what was another ledger's: the demonstration and the office's own take turns in one window. */
  belongTo(whose: string): void {
    if (whose !== this.#whose && !this.running) this.clear()
    this.#whose = whose
  }

  get running(): boolean {
    return this.progress !== null
  }

  /** Delivers; says whether it worked. One at a time. */
  async run(deliver: (heard: (progress: Progress) => void) => Promise<Result>): Promise<boolean> {
    if (this.running) return false
    this.clear()
    this.progress = { done: 0, total: 0, what: '' }
    try {
      this.delivery = await deliver((progress) => {
        if (this.running) this.progress = progress
      })
      return true
    } catch (thrown) {
      this.failure = failureOf(thrown)
      return false
    } finally {
      this.progress = null
    }
  }

  /** Forgets how the last one ended. */
  clear(): void {
    this.delivery = null
    this.failure = null
  }
}

export const job = new Job<Delivery>()
