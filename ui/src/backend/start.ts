import { call, listen } from './call'
import type { StartView } from './generated/StartView'

/** Opens the home, if there is one, and says what to show. */
export const start = () => call<StartView>('start')

/** Hears that the ledger was found damaged while it was open; `start` says what to do. */
export const onDamaged = (heard: () => void) => listen('damaged', heard)
