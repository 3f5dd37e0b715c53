// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bring, pageOf } from './sight'

let scroller: HTMLElement
let row: HTMLElement

/** A list 400 high at 100, and a row at a height of its own. */
function place(top: number) {
  scroller.getBoundingClientRect = () => ({ top: 100 }) as DOMRect
  Object.defineProperty(scroller, 'clientHeight', { value: 400, configurable: true })
  row.getBoundingClientRect = () => ({ top, bottom: top + 48 }) as DOMRect
}

beforeEach(() => {
  document.body.innerHTML = '<div><div style="--row: 48px; --head: 40px; --heading: 34px"><p></p></div></div>'
  scroller = document.body.firstElementChild as HTMLElement
  row = document.querySelector('p')!
})
afterEach(() => document.body.replaceChildren())

describe('a row', () => {
  it.each([
    // Under the head and the heading, which end at 174.
    [150, 976],
    [174, 1000],
    [300, 1000],
    [452, 1000],
    // Its end is 20 below the list's.
    [472, 1020],
  ])('at %d comes into sight by scrolling to %d', (top, scrolled) => {
    place(top)
    scroller.scrollTop = 1000
    bring(scroller, row)
    expect(scroller.scrollTop).toBe(scrolled)
  })
})

describe('a page', () => {
  it('is one row less than there is room for, and never none', () => {
    place(0)
    expect(pageOf(scroller)).toBe(5)
    Object.defineProperty(scroller, 'clientHeight', { value: 90, configurable: true })
    expect(pageOf(scroller)).toBe(1)
  })
})
