import { call } from './call'
import type { Checks } from './generated/Checks'

/** Checks a period as it stands. */
export const checks = (period: string) => call<Checks>('checks', { period })
