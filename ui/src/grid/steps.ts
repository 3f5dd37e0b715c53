import type { Place } from './shape'

/** A text that changed. */
export interface Change extends Place {
  before: string
  after: string
}

export type Step = readonly Change[]

/** How many steps are kept. */
const DEPTH = 200

/** What was done to the boxes of one sheet, to be undone and done again. */
export class Steps {
  #done: Step[] = []
  #undone: Step[] = []

  /** Keeps a step; changes that change nothing are no part of it. */
  push(changes: Step): void {
    const step = changes.filter(({ before, after }) => before !== after)
    if (step.length === 0) return
    this.#done.push(step)
    if (this.#done.length > DEPTH) this.#done.shift()
    this.#undone = []
  }

  /** Takes the last step back: returns the texts to put. */
  undo(): (Place & { text: string })[] | null {
    const step = this.#done.pop()
    if (step === undefined) return null
    this.#undone.push(step)
    return step.map(({ target, field, before }) => ({ target, field, text: before }))
  }

  /** Does the step that was taken back last again. */
  redo(): (Place & { text: string })[] | null {
    const step = this.#undone.pop()
    if (step === undefined) return null
    this.#done.push(step)
    return step.map(({ target, field, after }) => ({ target, field, text: after }))
  }
}
