import { failureOf, type Failure } from '../../backend/failure'
import type { ReceivedFile } from '../../backend/generated/ReceivedFile'
import type { Progress } from '../../backend/progress'

/** The import that goes on or came last, with a verdict per file; it outlives the screen, so that one may look elsewhere meanwhile. */
export class Intake<File> {
  /** How far it is; null while nothing goes on. */
  progress = $state.raw<Progress | null>(null)
  /** What became of each file; null before the first import. */
  files = $state.raw<File[] | null>(null)
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

  /** Takes files in; null where the person thought better of it, and then what is shown stays. */
  async run(take: (heard: (progress: Progress) => void) => Promise<File[] | null>): Promise<void> {
    if (this.running) return
    this.progress = { done: 0, total: 0, what: '' }
    this.failure = null
    try {
      this.files = (await take((progress) => (this.progress = progress))) ?? this.files
    } catch (thrown) {
      this.failure = failureOf(thrown)
    } finally {
      this.progress = null
    }
  }

  clear(): void {
    this.files = null
    this.failure = null
  }
}

export const intake = new Intake<ReceivedFile>()
