import type { Delivery } from '../../backend/generated/Delivery'
import { LongWork, type Heard } from '../../controls/work.svelte'

/** The delivery that goes on or came last. */
export class Job<Result> extends LongWork {
  /** What lies on the drive now; null unless the last one worked. */
  delivery = $state.raw<Result | null>(null)

  /** Delivers; says whether it worked. */
  run(deliver: (heard: Heard) => Promise<Result>): Promise<boolean> {
    return this.go(async (heard) => {
      this.forget()
      this.delivery = await deliver(heard)
    })
  }

  protected forget(): void {
    this.delivery = null
  }
}

export const job = new Job<Delivery>()
