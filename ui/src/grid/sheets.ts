import { entrySheet, saveCells, type ReturnOf } from '../backend/entry'
import { Sheet } from './sheet.svelte'

/** The sheets opened since the window was: what could not be saved yet and what can be undone outlive the screen. */
const sheets = new Map<string, Sheet>()

/** Returns the sheet of a return; `whose` keeps the demonstration and the office's own apart. */
export function sheetOf(whose: string, { period, office }: ReturnOf): Sheet {
  const key = `${whose}\t${period}\t${office ?? ''}`
  let sheet = sheets.get(key)
  if (sheet === undefined) {
    const of = { period, office }
    sheet = new Sheet({ read: () => entrySheet(of), save: (edits) => saveCells(of, edits) }, of)
    sheets.set(key, sheet)
  }
  return sheet
}

/** Sends whatever waits when the window closes. */
globalThis.addEventListener?.('pagehide', () => sheets.forEach((sheet) => sheet.queue.last()))
