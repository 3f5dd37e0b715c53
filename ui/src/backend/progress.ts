import { call } from './call'

/** How far long work is. */
export interface Progress {
  done: number
  total: number
  what: string
}

/** Asks the long work that is going on to stop at its next step. */
export const cancel = () => call<null>('cancel')
