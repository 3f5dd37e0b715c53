import { call, channel } from '../call'
import type { IssuedRound } from '../generated/IssuedRound'
import type { Issuing } from '../generated/Issuing'
import type { Progress } from '../progress'

/** Reads what would go out. */
export const issuing = () => call<Issuing>('issuing')

/** Signs the plan and the receipts chosen, and writes them to a folder of their own at a place. */
export const issueRound = (
  order: { plan: boolean; receipts: string[]; fresh: boolean; passphrase: string; place: number },
  heard: (progress: Progress) => void,
) => call<IssuedRound>('issue_round', { ...order, channel: channel(heard) })

/** Writes an earlier round to another stick, the same bytes. */
export const copyRound = (round: number, place: number, heard: (progress: Progress) => void) =>
  call<IssuedRound>('copy_round', { round, place, channel: channel(heard) })
