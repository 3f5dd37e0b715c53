import { failureOf, type Failure } from '../../../backend/failure'
import type { MatrixCell } from '../../../backend/generated/MatrixCell'
import type { MatrixWindow } from '../../../backend/generated/MatrixWindow'

type Read = (period: string, targets: string[], offices: string[]) => Promise<MatrixWindow>

/** The cells that were read so far, and the reading of those that come into sight. */
export class Cells {
  failure = $state.raw<Failure | null>(null)
  #version = $state(0)
  #kept = new Map<string, MatrixCell>()
  #period = ''
  #reading = false
  #wanted: { targets: string[]; offices: string[] } | null = null
  #read: Read

  constructor(read: Read) {
    this.#read = read
  }

  /** Forgets everything: another period, or figures that may have changed. */
  begin(period: string): void {
    this.#period = period
    this.#kept = new Map()
    this.failure = null
    this.#version += 1
  }

  /** Returns a cell; none while it is being read. */
  at(target: string, office: string): MatrixCell | undefined {
    void this.#version
    return this.#kept.get(`${target} ${office}`)
  }

  /** Reads what is not here yet; while one reading is under way only the last wish is kept. */
  async want(targets: string[], offices: string[]): Promise<void> {
    this.#wanted = { targets, offices }
    if (this.#reading) return
    this.#reading = true
    while (this.#wanted !== null) {
      const wish = this.#missing(this.#wanted)
      this.#wanted = null
      if (wish !== null) await this.#take(wish)
    }
    this.#reading = false
  }

  #missing({ targets, offices }: { targets: string[]; offices: string[] }) {
    const lacks = (target: string, office: string) => !this.#kept.has(`${target} ${office}`)
    const rows = targets.filter((target) => offices.some((office) => lacks(target, office)))
    const columns = offices.filter((office) => rows.some((target) => lacks(target, office)))
    return rows.length === 0 ? null : { targets: rows, offices: columns }
  }

  async #take({ targets, offices }: { targets: string[]; offices: string[] }): Promise<void> {
    const kept = this.#kept
    try {
      const { rows } = await this.#read(this.#period, targets, offices)
      // What was begun anew meanwhile wants none of these.
      if (kept !== this.#kept) return
      rows.forEach((row, i) => row.forEach((cell, j) => kept.set(`${targets[i] ?? ''} ${offices[j] ?? ''}`, cell)))
      this.failure = null
    } catch (thrown) {
      if (kept === this.#kept) this.failure = failureOf(thrown)
    }
    this.#version += 1
  }
}
