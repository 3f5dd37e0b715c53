/** The heights of a list under heads that stay at the top, as `.ruled` in base.css sets them. */
type Size = '--row' | '--head' | '--heading'

function size(scroller: HTMLElement, name: Size): number {
  const list = scroller.firstElementChild
  return list === null ? 0 : parseFloat(getComputedStyle(list).getPropertyValue(name)) || 0
}

/** Returns what the head and a section's heading cover of the rows. */
const covered = (scroller: HTMLElement) => size(scroller, '--head') + size(scroller, '--heading')

/** Scrolls as far as needed to have a row in sight, below what stays at the top. */
export function bring(scroller: HTMLElement, row: Element): void {
  const around = scroller.getBoundingClientRect()
  const here = row.getBoundingClientRect()
  const above = around.top + covered(scroller) - here.top
  const below = here.bottom - (around.top + scroller.clientHeight)
  if (above > 0) scroller.scrollTop -= above
  else if (below > 0) scroller.scrollTop += below
}

/** Returns how many rows PageUp and PageDown go: one less than there is room for. */
export function pageOf(scroller: HTMLElement): number {
  const rows = (scroller.clientHeight - covered(scroller)) / (size(scroller, '--row') || 1)
  return Math.max(1, Math.floor(rows) - 1)
}

/**
 * Does something when an element gets another size, a frame later, so that what follows from a size never makes it anew
 * within the same frame; returns how to stop.
 */
export function onResize(element: HTMLElement, act: () => void): () => void {
  let frame = 0
  const watch = new ResizeObserver(() => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(act)
  })
  watch.observe(element)
  return () => {
    watch.disconnect()
    cancelAnimationFrame(frame)
  }
}
