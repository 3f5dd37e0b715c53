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

/** Calls `send` with the last of what it was given, once nothing has come for a while; `flush` does not wait. */
export function settled<T>(send: (value: T) => void, wait = 300): { put(value: T): void; flush(): void } {
  let waiting: { value: T; timer: ReturnType<typeof setTimeout> } | undefined
  function flush() {
    if (waiting === undefined) return
    clearTimeout(waiting.timer)
    const { value } = waiting
    waiting = undefined
    send(value)
  }
  return {
    put(value) {
      if (waiting !== undefined) clearTimeout(waiting.timer)
      waiting = { value, timer: setTimeout(flush, wait) }
    },
    flush,
  }
}
