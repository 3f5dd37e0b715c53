import { failureOf, type Failure } from '../backend/failure'
import type { Progress } from '../backend/progress'

export type Heard = (progress: Progress) => void

/** Long work that goes on or ended last; it outlives the screen, so that one may look elsewhere meanwhile. */
export abstract class LongWork {
  /** How far it is; null while nothing goes on. */
  progress = $state.raw<Progress | null>(null)
  failure = $state.raw<Failure | null>(null)

  #whose = ''

  /** Forgets what came of the last one. */
  protected abstract forget(): void

  /** Forgets what was another ledger's: the demonstration and the own ledger take turns in one window. */
  belongTo(whose: string): void {
    if (whose !== this.#whose && !this.running) this.clear()
    this.#whose = whose
  }

  get running(): boolean {
    return this.progress !== null
  }

  /** Goes on until the work ends; says whether it did so well. One at a time. */
  protected async go(work: (heard: Heard) => Promise<void>): Promise<boolean> {
    if (this.running) return false
    this.progress = { done: 0, total: 0, what: '' }
    this.failure = null
    try {
      await work((progress) => {
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
    this.forget()
    this.failure = null
  }
}
