import type { CellEdit } from '../backend/generated/CellEdit'

export type SavingState = 'idle' | 'saving' | 'failed'

/** Waits between tries after a failure, in milliseconds; the last one repeats. */
const WAITS = [1000, 2000, 5000, 15000]

/**
 * Saves edits in the order they were made, one call at a time: what is typed while a call is under way goes with the next one,
 * a later text of the same box in the place of the earlier. What could not be saved stays and is tried again.
 */
export class SaveQueue<Result> {
  #waiting = new Map<string, CellEdit>()
  #flying: CellEdit[] = []
  #running = false
  #run: Promise<void> = Promise.resolve()
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly send: (edits: CellEdit[]) => Promise<Result>,
    private readonly heard: {
      saved: (result: Result) => void
      failed: (thrown: unknown) => void
      state: (state: SavingState) => void
    },
  ) {}

  /** What is not on disk yet, oldest first. */
  get unsaved(): CellEdit[] {
    const later = new Set(this.#waiting.keys())
    return [...this.#flying.filter((edit) => !later.has(key(edit))), ...this.#waiting.values()]
  }

  /** Saves edits as soon as the call before is through. */
  add(edits: readonly CellEdit[]): void {
    for (const edit of edits) {
      this.#waiting.delete(key(edit))
      this.#waiting.set(key(edit), edit)
    }
    void this.flush()
  }

  /** Saves what waits, now; resolves once nothing waits or saving has failed. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    if (!this.#running) {
      this.#running = true
      this.#run = this.#drain()
    }
    return this.#run
  }

  /** For a window that is closing and waits for nobody: sends what waits beside the call under way. */
  last(): void {
    if (this.#waiting.size > 0) void this.send([...this.#waiting.values()]).catch(() => undefined)
  }

  async #drain(): Promise<void> {
    while (this.#waiting.size > 0) {
      this.#flying = [...this.#waiting.values()]
      this.#waiting.clear()
      this.heard.state('saving')
      try {
        const result = await this.send(this.#flying)
        this.#flying = []
        this.#failures = 0
        this.heard.saved(result)
      } catch (thrown) {
        this.#waiting = new Map(this.unsaved.map((edit) => [key(edit), edit]))
        this.#flying = []
        this.heard.failed(thrown)
        this.heard.state('failed')
        this.#timer = setTimeout(() => void this.flush(), WAITS[Math.min(this.#failures, WAITS.length - 1)])
        this.#failures += 1
        this.#running = false
        return
      }
    }
    // Ended before anybody is told, so that an edit made in answer begins a new run.
    this.#running = false
    this.heard.state('idle')
  }
}

const key = ({ target, field }: CellEdit) => `${target}\t${field}`
