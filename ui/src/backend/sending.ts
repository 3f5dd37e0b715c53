import { call, channel } from './call'
import type { Delivery } from './generated/Delivery'
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

/** Reads what the return of a period needs before it is signed, and what has gone out. */
export const sending = (period: string) => call<Sending>('sending', { period })

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
