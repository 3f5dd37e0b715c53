import { Job } from '../../sending/job.svelte'

/** The workbook that is being written or was written last; it outlives the screen. */
export const saving = new Job<boolean>()
