import { call } from './call'
import type { OfficeHome } from './generated/OfficeHome'

/** Reads an office's first screen and the frame; without a period, the one to work on. */
export const home = (period: string | null) => call<OfficeHome>('office_home', { period })
