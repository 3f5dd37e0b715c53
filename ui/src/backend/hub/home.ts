import { call } from '../call'
import type { HubHome } from '../generated/HubHome'

/** Reads the frame of a hub; without a period, for the one to work on. */
export const hubHome = (period: string | null) => call<HubHome>('hub_home', { period })
