import type { IssuedRound } from '../../../backend/generated/IssuedRound'
import { Job } from '../../sending/job.svelte'

/** The round that is being written or was written last; it outlives the screen. */
export const job = new Job<IssuedRound>()
