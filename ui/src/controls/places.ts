import type { Place } from '../backend/generated/Place'

/** Whether a place is written to or read from. */
export type Purpose = 'write' | 'read'

/** Says whether a place serves the purpose; a drive that is full or write-protected can still be read. */
export function fits(place: Place, purpose: Purpose): boolean {
  return place.refused === null || (purpose === 'read' && place.refused.code !== 'place_missing')
}

/** Returns the place to have selected: the one that was, else the only one that there is to choose. */
export function selectedAmong(places: readonly Place[], before: Place | null, purpose: Purpose): Place | null {
  const fit = places.filter((place) => fits(place, purpose))
  const still = before === null ? undefined : fit.find((place) => place.id === before.id)
  if (still !== undefined) return still
  // A selection that vanished is not quietly replaced by another place.
  return before === null && fit.length === 1 ? fit[0]! : null
}

/** Calls `look` every `every` milliseconds while the window is shown, never twice at once, until the returned function is called. */
export function watch(look: () => Promise<void>, every = 2000): () => void {
  let ended = false
  let timer: ReturnType<typeof setTimeout>
  async function round() {
    if (!document.hidden) await look()
    if (!ended) timer = setTimeout(() => void round(), every)
  }
  void round()
  return () => {
    ended = true
    clearTimeout(timer)
  }
}
