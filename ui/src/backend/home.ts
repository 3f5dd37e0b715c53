import { call } from './call'
import type { OfficeHome } from './generated/OfficeHome'

/** Reads an office's first screen and the frame; without a period, the one that is due. */
export const home = (period: string | null) => call<OfficeHome>('home', { period })
