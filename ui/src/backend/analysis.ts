import { call } from './call'
import type { Analysis } from './generated/Analysis'
import type { Theme } from './generated/Theme'
import type { Trend } from './generated/Trend'

/** Reads the charts of a period, drawn for the theme. */
export const analysis = (period: string, theme: Theme) => call<Analysis>('analysis', { period, theme })

/** Reads the months of one target up to a period. */
export const trend = (target: string, period: string, theme: Theme) => call<Trend>('trend', { target, period, theme })
