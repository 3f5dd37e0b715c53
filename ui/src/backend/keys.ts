import { call } from './call'
import type { Delivery } from './generated/Delivery'

/** Replaces the key and writes the bundle that says so to a place: an office's own, or the hub's next plan. */
export const replaceKey = (passphrase: string, place: number) => call<Delivery>('replace_key', { passphrase, place })

/** Trusts the hub's next key by the digits on its paper, with one of its plans chosen in the system's dialog; says whether one was. */
export const trustHub = (digits: string) => call<boolean>('trust_hub', { digits })
