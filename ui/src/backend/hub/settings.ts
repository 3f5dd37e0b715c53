import { call } from '../call'
import type { HubSettings } from '../generated/HubSettings'

/** Reads the settings of a hub. */
export const hubSettings = () => call<HubSettings>('hub_settings')

/** Calls the hub otherwise. */
export const renameHub = (name: string) => call<null>('rename_hub', { name })

/** Turns review of what comes in on or off. */
export const setReview = (on: boolean) => call<null>('set_review', { on })

/** Puts the key back from the copy in the safe, chosen in the system's dialog; says whether one was chosen. */
export const restoreKey = (passphrase: string) => call<boolean>('restore_key', { passphrase })
