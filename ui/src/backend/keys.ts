import { call } from './call'
import type { Delivery } from './generated/Delivery'
import type { StartView } from './generated/StartView'

/** Replaces the key and writes the bundle that says so to a place: an office's own, or the hub's next plan. */
export const replaceKey = (passphrase: string, place: number) => call<Delivery>('replace_key', { passphrase, place })

/** Enrols the office anew under a new key and a new passphrase; answers where it stands then. */
export const enrolAgain = (passphrase: string) => call<StartView>('enrol_again', { passphrase })

/** Trusts the hub's next key by the digits on its paper, with one of its plans chosen in the system's dialog; says whether one was. */
export const trustHub = (digits: string) => call<boolean>('trust_hub', { digits })
