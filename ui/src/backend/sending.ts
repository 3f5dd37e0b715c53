import { call, channel } from './call'
import type { ReturnOf } from './entry'
import type { Delivery } from './generated/Delivery'
import type { FiledReturn } from './generated/FiledReturn'
import type { Sending } from './generated/Sending'
import type { Slip } from './generated/Slip'
import type { Progress } from './progress'

/** The names under a return. */
export interface Names {
  filledBy: string
  checkedBy: string
  issuedBy: string
}

type Heard = (progress: Progress) => void

/** Reads what a return needs before it is signed, and what was signed before. */
export const sending = (of: ReturnOf) => call<Sending>('sending', { ...of })

/** Signs a return that the hub entered, and counts it. */
export const fileReturn = (of: ReturnOf, names: Names, passphrase: string) =>
  call<FiledReturn>('file_return', { ...of, names, passphrase })

/** Signs the return of a period and delivers it to a place; progress counts the bytes written, then those read back. */
export const exportReturn = (period: string, names: Names, passphrase: string, place: number, heard: Heard) =>
  call<Delivery>('export_return', { period, names, passphrase, place, channel: channel(heard) })

/** Copies a bundle that went out before to a place again. */
export const copyAgain = (digest: string, place: number, heard: Heard) =>
  call<Delivery>('copy_again', { digest, place, channel: channel(heard) })

/** Reads the slip of a bundle that went out. */
export const slip = (digest: string) => call<Slip>('slip', { digest })

/** Opens the system's print dialog. */
export const print = () => call<null>('print')
