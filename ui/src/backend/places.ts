import { call } from './call'
import type { FoundBundle } from './generated/FoundBundle'
import type { Place } from './generated/Place'

/** Lists the drives, the exchange folder and the folders chosen. */
export const places = () => call<Place[]>('places')

/** Lets one choose a folder in the system's dialog; null where one thought better of it. */
export const choosePlace = () => call<Place | null>('choose_place')

/** Lists the bundles in all places; those whose name says that they are of another kind are left out. */
export const foundBundles = (kind: 'plan' | 'receipt' | null) => call<FoundBundle[]>('found_bundles', { kind })
