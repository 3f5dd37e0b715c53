import type { ReceivedFile } from '../../backend/generated/ReceivedFile'
import { LongWork, type Heard } from '../../controls/work.svelte'

/** The import that goes on or came last, with a verdict per file. */
export class Intake<File> extends LongWork {
  /** What became of each file; null before the first import. */
  files = $state.raw<File[] | null>(null)

  /** Takes files in; null where the person thought better of it, and then what is shown stays. */
  async run(take: (heard: Heard) => Promise<File[] | null>): Promise<void> {
    await this.go(async (heard) => {
      this.files = (await take(heard)) ?? this.files
    })
  }

  protected forget(): void {
    this.files = null
  }
}

export const intake = new Intake<ReceivedFile>()
