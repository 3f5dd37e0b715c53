import { MediaQuery } from 'svelte/reactivity'
import type { ReturnOf } from './backend/entry'
import { failureOf, type Failure } from './backend/failure'
import type { HubHome } from './backend/generated/HubHome'
import type { OfficeHome } from './backend/generated/OfficeHome'
import type { StartView } from './backend/generated/StartView'
import { home } from './backend/home'
import { hubHome } from './backend/hub/home'
import { start } from './backend/start'
import { firstPlace, isOfReturn, type Detail, type PlaceName, type StandIn } from './places'
import { applyTheme, isTheme, storedTheme, type ThemeChoice } from './theme'

/** Where the session's views come from. */
export interface Sources {
  start(): Promise<StartView>
  home(period: string | null): Promise<OfficeHome>
  hub(period: string | null): Promise<HubHome>
}

/** In which role somebody is at work. */
export type Role = 'office' | 'hub'

/** What all screens share: where one is, the period, the first screen's view, the theme. */
export class Session {
  /** Where the application stands; none before the first reading. */
  start = $state.raw<StartView | null>(null)
  /** The office's month as last read; none before the first reading, and outside an office at work. */
  home = $state.raw<OfficeHome | null>(null)
  /** The hub's frame as last read; none before the first reading, and outside a hub at work. */
  hub = $state.raw<HubHome | null>(null)
  /** Why the last reading failed; none after one that worked. */
  failure = $state.raw<Failure | null>(null)
  place = $state<PlaceName>('home')
  /** What the last `go` carried along; a new object with every `go`. */
  detail = $state.raw<Detail>({})
  /** The office for which one enters a return; none for one's own, and as soon as one goes elsewhere. */
  standIn = $state.raw<StandIn | null>(null)
  /** How often the place has changed; 0 means that the window has just opened. */
  moves = $state(0)
  /** The period being worked on, such as `2024-06`; empty before the first reading. */
  period = $state('')
  #theme = $state<ThemeChoice>(storedTheme())
  #system: MediaQuery | undefined
  #sources: Sources
  #readings = 0

  constructor(sources: Sources) {
    this.#sources = sources
  }

  /** Tells the ledger that is open from others, for what outlives a screen. */
  get whose(): string {
    return `${this.start?.demo ?? false} ${this.home?.office ?? this.hub?.hub ?? ''}`
  }

  /** Whose return of which period the screens of a return are about. */
  get returnOf(): ReturnOf {
    return { period: this.period, office: this.standIn?.office ?? null }
  }

  /** In which role somebody is at work; none during the first run, and while nothing can be opened. */
  get role(): Role | null {
    const stage = this.start?.stage
    return stage === 'office' || stage === 'hub' ? stage : null
  }

  get theme(): ThemeChoice {
    return this.#theme
  }

  set theme(theme: ThemeChoice) {
    this.#theme = theme
    applyTheme(theme)
  }

  /** Whether the window is dark, by choice or by the system. */
  get dark(): boolean {
    if (this.#theme !== 'system') return this.#theme === 'dark'
    this.#system ??= new MediaQuery('(prefers-color-scheme: dark)')
    return this.#system.current
  }

  /** Reads where the application stands; called once at the start, and after every step of the first run. */
  async open(): Promise<void> {
    try {
      await this.take(await this.#sources.start())
    } catch (thrown) {
      this.failure = failureOf(thrown)
    }
  }

  /** Takes over where the application stands, as a command has answered it. */
  async take(view: StartView): Promise<void> {
    const atWork = view.stage === 'office' || view.stage === 'hub'
    if (!atWork || view.stage !== this.start?.stage || view.demo !== this.start.demo) {
      // Another ledger, another month.
      this.#readings += 1
      this.home = null
      this.hub = null
      this.period = ''
      this.place = firstPlace(view.stage === 'hub' ? 'hub' : 'office')
      this.detail = {}
      this.standIn = null
    }
    if (isTheme(view.theme) && view.theme !== this.#theme) this.theme = view.theme
    this.start = view
    this.failure = null
    if (atWork && view.trouble === null) await this.refresh()
  }

  /** As `take`, of a command that is still under way. */
  async follow(answer: Promise<StartView>): Promise<void> {
    try {
      await this.take(await answer)
    } catch (thrown) {
      this.failure = failureOf(thrown)
    }
  }

  /** Goes to a place, with what it should show there. */
  go(place: PlaceName, detail: Detail = {}): void {
    this.detail = detail
    // Nobody types for another without having said so just now.
    const goesOn = isOfReturn(place) && isOfReturn(this.place) ? this.standIn : null
    this.standIn = isOfReturn(place) && detail.standIn !== undefined ? detail.standIn : goesOn
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
    // A screen that is left together with its ledger, as a demonstration's is, still saves what was typed last.
    if (this.start !== null && this.role === null) return
    const reading = ++this.#readings
    try {
      const period = this.period === '' ? null : this.period
      const isHub = this.role === 'hub'
      const view = await (isHub ? this.#sources.hub(period) : this.#sources.home(period))
      // A slower, older reading must not replace a newer one.
      if (reading !== this.#readings) return
      if (isHub) this.hub = view as HubHome
      else this.home = view as OfficeHome
      this.period = view.period.period
      this.failure = null
    } catch (thrown) {
      if (reading === this.#readings) this.failure = failureOf(thrown)
    }
  }
}

export const session = new Session({ start, home, hub: hubHome })
