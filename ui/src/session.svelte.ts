import type { Failure } from './backend/failure'
import { failureOf } from './backend/failure'
import type { Detail, PlaceName } from './places'
import { applyTheme, storedTheme, type Theme } from './theme'

/** A period as the frame shows it. */
export interface FramePeriod {
  period: string
  label: string
  due: string
  days_left: number
  state_label: string
}

/** What the frame around every screen has to know of an office's month. */
export interface FrameHome {
  office: string
  year: number
  demo: boolean
  period: FramePeriod
  periods: FramePeriod[]
  counts: { total: number; filled: number; zero: number; not_applicable: number; empty: number }
  open_findings: number
  new_receipts: number
}

/** Where the session's views come from. */
export interface Sources<Home extends FrameHome = FrameHome> {
  home(period: string | null): Promise<Home>
}

/** What all screens share: where one is, the period, the first screen's view, the theme. */
class Session {
  /** The office's month as last read; none before the first reading. */
  home = $state.raw<FrameHome | null>(null)
  /** Why the last reading failed. */
  failure = $state.raw<Failure | null>(null)
  place = $state<PlaceName>('home')
  /** What the last `go` carried along; a new object with every `go`. */
  detail = $state.raw<Detail>({})
  /** How often the place has changed; 0 means that the window has just opened. */
  moves = $state(0)
  /** The period being worked on, such as `2024-06`; empty before the first reading. */
  period = $state('')
  #theme = $state<Theme>(storedTheme())
  #sources: Sources | null = null
  #readings = 0

  get theme(): Theme {
    return this.#theme
  }

  set theme(theme: Theme) {
    this.#theme = theme
    applyTheme(theme)
  }

  /** Opens the session on an office at work. */
  async open(sources: Sources): Promise<void> {
    this.#sources = sources
    await this.refresh()
  }

  /** Goes to a place, with what it should show there. */
  go(place: PlaceName, detail: Detail = {}): void {
    this.detail = detail
    if (place === this.place) return
    this.place = place
    this.moves += 1
  }

  /** Changes the period; the counts of the rail follow. */
  async choose(period: string): Promise<void> {
    this.period = period
    await this.refresh()
  }

  /** Reads the counts of the rail and the first screen anew; call it after anything that changes them. */
  async refresh(): Promise<void> {
    if (this.#sources === null) return
    const reading = ++this.#readings
    try {
      const home = await this.#sources.home(this.period === '' ? null : this.period)
      // A slower, older reading must not replace a newer one.
      if (reading !== this.#readings) return
      this.home = home
      this.period = home.period.period
      this.failure = null
    } catch (thrown) {
      if (reading === this.#readings) this.failure = failureOf(thrown)
    }
  }
}

export const session = new Session()
