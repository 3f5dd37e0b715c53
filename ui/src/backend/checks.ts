import { call } from './call'
import type { ReturnOf } from './entry'
import type { Checks } from './generated/Checks'

/** Checks a return as it stands. */
export const checks = (of: ReturnOf) => call<Checks>('checks', { ...of })
