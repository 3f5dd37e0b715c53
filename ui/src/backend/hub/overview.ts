import { call } from '../call'
import type { HeatPage } from '../generated/HeatPage'
import type { HubMonths } from '../generated/HubMonths'
import type { HubOverview } from '../generated/HubOverview'
import type { Theme } from '../generated/Theme'

/** Reads a period at one look, drawn for the theme. */
export const hubOverview = (period: string, theme: Theme) => call<HubOverview>('hub_overview', { period, theme })

/** Reads a part of the map of offices × targets. */
export const heatPage = (period: string, page: number, theme: Theme) => call<HeatPage>('heat_page', { period, page, theme })

/** Reads the year up to a period, as far as it has been looked through. */
export const hubMonths = (period: string, theme: Theme) => call<HubMonths>('hub_months', { period, theme })
