import { call } from './call'
import type { StartView } from './generated/StartView'

/** Opens the home, if there is one, and says what to show. */
export const start = () => call<StartView>('start')
