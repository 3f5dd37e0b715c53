import { failureOf, type Failure } from '../backend/failure'

/** Something asked of the backend: busy while it lasts, with the failure that it ended in. */
export class Task {
  busy = $state(false)
  failure = $state.raw<Failure | null>(null)

  /** Does it; says whether it worked. One at a time. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.failure = null
    try {
      await work()
      return true
    } catch (thrown) {
      this.failure = failureOf(thrown)
      return false
    } finally {
      this.busy = false
    }
  }

  /** Forgets how it ended. */
  clear(): void {
    this.failure = null
  }
}
