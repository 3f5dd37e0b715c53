import { call, channel } from '../call'
import type { EntryBehind } from '../generated/EntryBehind'
import type { FigureBehind } from '../generated/FigureBehind'
import type { Matrix } from '../generated/Matrix'
import type { MatrixWindow } from '../generated/MatrixWindow'
import type { MissingList } from '../generated/MissingList'
import type { Shut } from '../generated/Shut'
import type { Progress } from '../progress'

/** Reads the heads of a period's matrix. */
export const matrix = (period: string) => call<Matrix>('matrix', { period })

/** Reads so many cells of the matrix: those of the targets, by the offices. */
export const matrixWindow = (period: string, targets: string[], offices: string[]) =>
  call<MatrixWindow>('matrix_window', { period, targets, offices })

/** Reads the codes of a period's targets, those in which an office is furthest behind first. */
export const orderByOffice = (period: string, office: string) => call<string[]>('order_by_office', { period, office })

/** Reads which offices lie behind a target's figure. */
export const figureBehind = (period: string, target: string) => call<FigureBehind>('figure_behind', { period, target })

/** Reads one office's entry for one target. */
export const entryBehind = (period: string, target: string, office: string) =>
  call<EntryBehind>('entry_behind', { period, target, office })

/** Reads who is missing. */
export const missing = (period: string) => call<MissingList>('missing', { period })

/** Freezes a period. */
export const lockPeriod = (period: string, why: string) => call<Shut>('lock_period', { period, why })

/** Lifts the freeze of a period. */
export const unlockPeriod = (period: string, why: string) => call<Shut>('unlock_period', { period, why })

/** Saves the matrix as a workbook, by the system's dialog; false where nothing was chosen. */
export const saveMatrix = (period: string, heard: (progress: Progress) => void) =>
  call<boolean>('save_matrix', { period, channel: channel(heard) })
