import type { ArrivedFile } from '../../../backend/generated/ArrivedFile'
import { Intake } from '../../receipts/intake.svelte'

/** What goes on or came last at the hub; it stays until it is put away. */
export const intake = new Intake<ArrivedFile>()
