import type { StartView } from '../../backend/generated/StartView'
import type { SetupStep } from '../../backend/generated/SetupStep'

/** A step as the list beside the work shows it. */
export interface ShownStep<Step extends string = SetupStep> {
  /** Where it leads; null where one cannot go back to it, or it comes by itself. */
  step: Step | null
  label: string
  state: 'done' | 'current' | 'open' | 'later'
}

const labels: readonly (readonly [SetupStep, string])[] = [
  ['plan', '导入下达包'],
  ['hub', '核对汇总单位'],
  ['unit', '选择本单位'],
  ['passphrase', '设置口令'],
]
const enrolLabel = '交注册包'

/** Lists the steps of setting up an office, and where one is. */
export function steps({ stage, setup }: Pick<StartView, 'stage' | 'setup'>): ShownStep[] {
  const at = stage === 'enrol' || setup === null ? labels.length : labels.findIndex(([step]) => step === setup.step)
  const reached = stage === 'enrol' || setup === null ? -1 : labels.findIndex(([step]) => step === setup.reached)
  const shown = labels.map(([step, label], i): ShownStep => {
    if (i === at) return { step, label, state: 'current' }
    if (stage === 'enrol' || i < reached) return { step, label, state: 'done' }
    return { step, label, state: i === reached ? 'open' : 'later' }
  })
  return [...shown, { step: null, label: enrolLabel, state: stage === 'enrol' ? 'current' : 'later' }]
}

/** Names the step where one left off: `第 2 步，核对汇总单位`. */
export function leftAt(step: SetupStep): string {
  const at = labels.findIndex(([name]) => name === step)
  return `第 ${at + 1} 步，${labels[at]![1]}`
}

/** Returns the step before; null goes back to the choice of a role. */
export function stepBefore(step: SetupStep): SetupStep | null {
  const at = labels.findIndex(([name]) => name === step)
  return at > 0 ? labels[at - 1]![0] : null
}

/** Keeps what is typed at once, so that a window that is closed loses nothing: one call at a time, and of what comes meanwhile only the newest. */
export class Notes<T> {
  #waiting: { value: T } | undefined
  #sending = Promise.resolve()
  #busy = false

  constructor(private readonly keep: (value: T) => Promise<unknown>) {}

  put(value: T) {
    this.#waiting = { value }
    if (!this.#busy) this.#sending = this.#drain()
  }

  /** Resolves when nothing is on its way: what is asked next comes after it. */
  rest = () => this.#sending

  async #drain() {
    this.#busy = true
    while (this.#waiting !== undefined) {
      const { value } = this.#waiting
      this.#waiting = undefined
      // What cannot be kept is still in its box; the step's own button says what is wrong.
      await this.keep(value).catch(() => {})
    }
    this.#busy = false
  }
}
