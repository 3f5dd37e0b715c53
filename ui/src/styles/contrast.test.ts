import { describe, expect, it } from 'vitest'
import css from './tokens.css?raw'

type Tokens = Record<string, string>

/** Returns the colours declared in the first block that follows `selector`. */
function colours(selector: string): Tokens {
  const at = css.indexOf(`${selector} {`)
  if (at < 0) throw new Error(`no block ${selector}`)
  const block = css.slice(at, css.indexOf('}', at))
  return Object.fromEntries([...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b/g)].map((m) => [m[1]!, m[2]!]))
}

function luminance(colour: string): number {
  const part = (at: number) => {
    const c = parseInt(colour.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const light = colours(':root')
const dark = colours(':root[data-theme="dark"]')

const inks = ['ink', 'ink-2', 'ink-3']
const lamps = ['done', 'green', 'yellow', 'red', 'grey']
const grounds = ['paper', 'desk', 'accent-soft', 'returned', 'warned', 'computed']
const text = [
  ...grounds.flatMap((ground) => [...inks, ...lamps, 'accent'].map((ink) => [ink, ground] as const)),
  ['accent-ink', 'accent'],
  ['computed-ink', 'computed'],
  ['computed-ink', 'paper'],
  ['computed-ink', 'accent-soft'],
] as const
const shapes = [
  ...['paper', 'desk'].flatMap((ground) => ['box', 'focus'].map((shape) => [shape, ground] as const)),
  ['focus', 'accent-soft'],
  ['box', 'accent-soft'],
  ['ink', 'line'],
] as const

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, tokens) => {
  it.each(text)('%s can be read on %s', (ink, ground) => {
    expect(contrast(tokens[ink]!, tokens[ground]!)).toBeGreaterThanOrEqual(4.5)
  })
  it.each(shapes)('%s can be made out on %s', (shape, ground) => {
    expect(contrast(tokens[shape]!, tokens[ground]!)).toBeGreaterThanOrEqual(3)
  })
})

it('measures as the guideline does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

it('is the same dark whether the system or the user asks for it', () => {
  expect(colours(':root:not([data-theme="light"])')).toEqual(dark)
})

it('has a dark value for every colour', () => {
  expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort())
})
