import type { HubSetupView } from '../../../backend/generated/HubSetupView'
import type { HubStep } from '../../../backend/generated/HubStep'
import type { ShownStep } from '../logic'

const labels: readonly (readonly [HubStep, string])[] = [
  ['name', '名称和方案'],
  ['passphrase', '设置口令'],
  ['slip', '打印指纹单'],
  ['recovery', '存恢复钥匙'],
]
const order = (step: HubStep) => labels.findIndex(([name]) => name === step)

/** Lists the steps of setting up a hub; those before the ledger are over once it is made. */
export function hubSteps({ step, reached }: Pick<HubSetupView, 'step' | 'reached'>): ShownStep<HubStep>[] {
  const made = order(reached) >= order('slip')
  return labels.map(([name, label], i): ShownStep<HubStep> => {
    if (name === step) return { step: name, label, state: 'current' }
    if (made && i < order('slip')) return { step: null, label, state: 'done' }
    if (i < order(step)) return { step: name, label, state: 'done' }
    return { step: name, label, state: i <= order(reached) ? 'open' : 'later' }
  })
}

/** Names the step where one left off: `第 2 步，设置口令`. */
export function hubLeftAt(step: HubStep): string {
  return `第 ${order(step) + 1} 步，${labels[order(step)]![1]}`
}

/** Reads the year of an empty plan; null where none was typed. */
export function yearTyped(text: string): number | null {
  const year = text.trim().normalize('NFKC')
  return /^20\d\d$/.test(year) ? Number(year) : null
}
