import { call } from './call'
import type { Attached } from './generated/Attached'
import type { CellEdit } from './generated/CellEdit'
import type { CellHistory } from './generated/CellHistory'
import type { EntrySheet } from './generated/EntrySheet'
import type { Row } from './generated/Row'
import type { Saved } from './generated/Saved'

/** Reads the sheet of a period. */
export const entrySheet = (period: string) => call<EntrySheet>('entry_sheet', { period })

/** Puts texts into boxes, all of them or none. */
export const saveCells = (period: string, edits: CellEdit[]) => call<Saved>('save_cells', { period, edits })

/** Declares 零报告, or takes it back. */
export const setNil = (period: string, nil: boolean) => call<EntrySheet>('set_nil', { period, nil })

/** Asks for files in the system's dialog and adds them to a target; none where nothing was chosen. */
export const pickEvidence = (period: string, target: string) => call<Attached | null>('pick_evidence', { period, target })

/** Adds the files that were dropped on the window last to a target. */
export const attachDropped = (period: string, target: string) => call<Attached>('attach_dropped', { period, target })

/** Takes a file off a target again. */
export const detach = (period: string, target: string, digest: string) => call<Row>('detach', { period, target, digest })

/** Reads a picture, no side longer than `size` pixels, as PNG. */
export const evidencePicture = (digest: string, size: number) => call<ArrayBuffer>('evidence_picture', { digest, size })

/** Saves a file elsewhere, by the system's dialog; false where nothing was chosen. */
export const saveEvidence = (digest: string) => call<boolean>('save_evidence', { digest })

/** Reads a target's figures through the year. */
export const cellHistory = (target: string) => call<CellHistory>('cell_history', { target })
