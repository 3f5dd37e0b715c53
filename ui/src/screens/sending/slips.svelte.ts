import type { Slip } from '../../backend/generated/Slip'
import { slip as read } from '../../backend/sending'
import { Task } from '../../controls/task.svelte'

/** The slip that is looked at; a bundle with much evidence takes a moment to be read. */
export class Slips {
  slip = $state.raw<Slip | null>(null)
  readonly reading = new Task()

  show = (digest: string): void => {
    void this.reading.run(async () => (this.slip = await read(digest)))
  }

  close = (): void => {
    this.slip = null
  }
}
