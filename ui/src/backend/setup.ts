import { call } from './call'
import type { Delivery } from './generated/Delivery'
import type { StartView } from './generated/StartView'
import type { SetupStep } from './generated/SetupStep'
import type { Strength } from './generated/Strength'

/** What was typed and not yet sent off. */
export interface Typed {
  digits?: string
  office?: string
  contact?: string
  telephone?: string
}

/** Begins to set up an office, or goes on where one had come to. */
export const chooseOffice = () => call<StartView>('choose_role', { role: 'office' })

/** Takes in a plan bundle that was found in a place. */
export const takePlan = (bundle: number) => call<StartView>('setup_take_plan', { bundle })

/** Takes in a plan bundle chosen in the system's dialog; null where one thought better of it. */
export const pickPlan = () => call<StartView | null>('setup_pick_plan')

/** Takes in the plan bundle that was opened by double click; null where none was. */
export const takeOpenedPlan = () => call<StartView | null>('setup_take_opened')

/** Compares the digits on the hub's paper with the plan's key. */
export const confirmHub = (digits: string) => call<StartView>('setup_confirm_hub', { digits })

/** Says which unit this is, whom to ask for and where to call. */
export const introduce = (office: string, contact: string, telephone: string) =>
  call<StartView>('setup_introduce', { office, contact, telephone })

/** Keeps what was typed so far, so that a window that is closed loses nothing. */
export const note = (typed: Typed) => call<StartView>('setup_note', { typed })

/** Goes to a step that was reached; null goes back to the choice of a role. */
export const goTo = (step: SetupStep | null) => call<StartView>('setup_go', { step })

/** Throws away what was set up so far. */
export const discardSetup = () => call<StartView>('setup_discard')

/** Judges a passphrase while it is typed. */
export const passphraseStrength = (passphrase: string) => call<Strength>('passphrase_strength', { passphrase })

/** Makes the office's ledger under a passphrase. */
export const finishSetup = (passphrase: string) => call<StartView>('setup_finish', { passphrase })

/** Writes the enrolment to a place; the passphrase counts only the first time of all. */
export const exportEnrolment = (place: number, passphrase = '') =>
  call<Delivery>('export_enrolment', { place, passphrase })

/** Ends the first run. */
export const finishEnrolment = () => call<StartView>('finish_enrolment')

/** Restores a backup chosen in the system's dialog; null where one thought better of it. */
export const pickRestore = () => call<StartView | null>('pick_restore')
