import { call, channel } from '../call'
import type { ArrivedFile } from '../generated/ArrivedFile'
import type { CellSentBack } from '../generated/CellSentBack'
import type { OpenedReturn } from '../generated/OpenedReturn'
import type { PaperView } from '../generated/PaperView'
import type { Receiving } from '../generated/Receiving'
import type { Progress } from '../progress'

type Heard = (progress: Progress) => void

/** Reads what was received, for a period. */
export const receiving = (period: string) => call<Receiving>('receiving', { period })

/** Receives every bundle in a place. */
export const receivePlace = (place: number, heard: Heard) => call<ArrivedFile[]>('receive_place', { place, channel: channel(heard) })

/** Asks for bundles in the system's dialog and receives them; null where nothing was chosen. */
export const receiveChosen = (heard: Heard) => call<ArrivedFile[] | null>('receive_chosen', { channel: channel(heard) })

/** Receives the bundles that were double-clicked. */
export const receiveClicked = (heard: Heard) => call<ArrivedFile[]>('receive_clicked', { channel: channel(heard) })

/** Turns review on or off. */
export const setReview = (on: boolean) => call<void>('set_review', { on })

/** Accepts the returns of a period that wait for review, of one office or of all; returns how many. */
export const acceptWaiting = (period: string, office: string | null) => call<number>('accept_waiting', { period, office })

/** Opens a return that was received. */
export const openReturn = (digest: string) => call<OpenedReturn>('open_return', { digest })

/** Brings out the evidence of a return, to be looked at. */
export const bringOutEvidence = (digest: string) => call<number>('bring_out_evidence', { digest })

/** Sends cells of a return back to its office. */
export const sendCellsBack = (digest: string, cells: CellSentBack[]) => call<void>('send_cells_back', { digest, cells })

/** Takes back that a cell of a return was sent back. */
export const takeCellBack = (digest: string, target: string, field: string) => call<void>('take_cell_back', { digest, target, field })

/** Decides a fork. */
export const chooseVersion = (digest: string, reason: string) => call<void>('choose_version', { digest, reason })

/** Holds what stands on the stamped paper against a return. */
export const checkPaper = (digest: string, number: number, digits: string) => call<PaperView>('check_paper', { digest, number, digits })
