import { call } from './call'
import type { Attached } from './generated/Attached'
import type { CellEdit } from './generated/CellEdit'
import type { CellHistory } from './generated/CellHistory'
import type { EntrySheet } from './generated/EntrySheet'
import type { FormTaken } from './generated/FormTaken'
import type { Row } from './generated/Row'
import type { Saved } from './generated/Saved'

/** Whose return of which period is meant: the own unit's, or at a hub that of an office, by its id (代录). */
export interface ReturnOf {
  period: string
  office: string | null
}

/** Reads the sheet of a return. */
export const entrySheet = (of: ReturnOf) => call<EntrySheet>('entry_sheet', { ...of })

/** Puts texts into boxes, all of them or none. */
export const saveCells = (of: ReturnOf, edits: CellEdit[]) => call<Saved>('save_cells', { ...of, edits })

/** Declares 零报告, or takes it back. */
export const setNil = (of: ReturnOf, nil: boolean) => call<EntrySheet>('set_nil', { ...of, nil })

/** Takes in a form chosen in the system's dialog; null where nothing was chosen. */
export const pickForm = (of: ReturnOf) => call<FormTaken | null>('pick_form', { ...of })

/** Asks for files in the system's dialog and adds them to a target; none where nothing was chosen. */
export const pickEvidence = (of: ReturnOf, target: string) => call<Attached | null>('pick_evidence', { ...of, target })

/** Adds the files that were dropped on the window last to a target. */
export const attachDropped = (of: ReturnOf, target: string) => call<Attached>('attach_dropped', { ...of, target })

/** Takes a file off a target again. */
export const detach = (of: ReturnOf, target: string, digest: string) => call<Row>('detach', { ...of, target, digest })

/** Reads a picture, no side longer than `size` pixels, as PNG. */
export const evidencePicture = (digest: string, size: number) => call<ArrayBuffer>('evidence_picture', { digest, size })

/** Saves a file elsewhere, by the system's dialog; false where nothing was chosen. */
export const saveEvidence = (digest: string) => call<boolean>('save_evidence', { digest })

/** Reads a target's figures through the year: the own unit's, or an office's. */
export const cellHistory = (target: string, office: string | null) => call<CellHistory>('cell_history', { target, office })
