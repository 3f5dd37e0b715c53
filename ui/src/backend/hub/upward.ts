import { call } from '../call'
import type { OwnChoice } from '../generated/OwnChoice'
import type { ReportedUp } from '../generated/ReportedUp'
import type { Upward } from '../generated/Upward'

/** Reads what leaves for the hub above in a period. */
export const upward = (period: string) => call<Upward>('upward', { period })

/** Reads which own targets can answer to one above, and why the others cannot. */
export const upwardChoices = (target: string) => call<OwnChoice[]>('upward_choices', { target })

/** Says which own target answers to one above; null where none does any more. */
export const setUpwardAnswer = (period: string, target: string, own: string | null) =>
  call<Upward>('set_upward_answer', { period, target, own })

/** Takes every suggestion. */
export const takeUpwardSuggestions = (period: string) => call<Upward>('take_upward_suggestions', { period })

/** Takes in the plan of the hub above from a bundle that was found. */
export const takeUpperPlan = (period: string, bundle: number) => call<Upward>('take_upper_plan', { period, bundle })

/** Takes in the plan of the hub above, chosen in the system's dialog; null where one thought better of it. */
export const pickUpperPlan = (period: string) => call<Upward | null>('pick_upper_plan', { period })

/** Says which office of the plan above this hub is. */
export const setUpperOffice = (period: string, office: string) => call<Upward>('set_upper_office', { period, office })

/** Writes the figures of a period for the hub above to a place. */
export const sendUpward = (period: string, place: number) => call<ReportedUp>('send_upward', { period, place })
