import { call } from '../call'
import type { HubSlip } from '../generated/HubSlip'
import type { HubStep } from '../generated/HubStep'
import type { SavedKey } from '../generated/SavedKey'
import type { StartView } from '../generated/StartView'

/** Begins to set up a hub, or goes on where one had come to. */
export const chooseHub = () => call<StartView>('choose_role', { role: 'hub' })

/** Keeps the name while it is typed, so that a window that is closed loses nothing. */
export const noteHubName = (name: string) => call<StartView>('hub_setup_note', { name })

/** Says what the hub is called and what its plan starts from; null is the built-in one, a year an empty one. */
export const nameHub = (name: string, year: number | null) => call<StartView>('hub_setup_name', { name, year })

/** Goes to a step; null goes back to the choice of a role or, once the ledger is there, to work. */
export const goToHubStep = (step: HubStep | null) => call<StartView>('hub_setup_go', { step })

/** Throws away what was set up so far. */
export const discardHubSetup = () => call<StartView>('hub_setup_discard')

/** Makes the hub's ledger under a passphrase. */
export const finishHubSetup = (passphrase: string) => call<StartView>('hub_setup_finish', { passphrase })

/** Reads the page with the digits that every office gets. */
export const hubSlip = () => call<HubSlip>('hub_slip')

/** Writes the copy of the key for the safe to a place. */
export const saveRecoveryKey = (place: number) => call<SavedKey>('save_recovery_key', { place })
