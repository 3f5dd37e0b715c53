import { call } from '../call'
import type { Bulletin } from '../generated/Bulletin'
import type { BulletinParagraph } from '../generated/BulletinParagraph'
import type { Theme } from '../generated/Theme'

/** Makes the bulletin of a period, drawn for the theme; paper is light. */
export const bulletin = (period: string, theme: Theme) => call<Bulletin>('bulletin', { period, theme })

/** Writes a paragraph of a bulletin; null goes back to what the figures make. */
export const writeParagraph = (period: string, id: string, text: string | null) =>
  call<BulletinParagraph>('write_paragraph', { period, id, text })
