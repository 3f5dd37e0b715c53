import { call, channel, listen } from './call'
import type { ReceivedFile } from './generated/ReceivedFile'
import type { Receipts } from './generated/Receipts'
import type { Progress } from './progress'

type Heard = (progress: Progress) => void

/** Reads what the hub has said; from then on its receipts have been seen. */
export const receipts = () => call<Receipts>('receipts')

/** Takes in bundles that were found. */
export const receive = (bundles: number[], heard: Heard) => call<ReceivedFile[]>('receive', { bundles, channel: channel(heard) })

/** Asks for bundles in the system's dialog and takes them in; null where nothing was chosen. */
export const receivePicked = (heard: Heard) => call<ReceivedFile[] | null>('receive_picked', { channel: channel(heard) })

/** Takes in the bundles that were double-clicked. */
export const receiveOpened = (heard: Heard) => call<ReceivedFile[]>('receive_opened', { channel: channel(heard) })

/** Names the bundles that were double-clicked and wait. */
export const opened = () => call<string[]>('opened')

/** Listens for bundles being double-clicked. */
export const onOpened = (heard: (names: string[]) => void) => listen<string[]>('opened', heard)
