import { describe, expect, it } from 'vitest'
import { hubLeftAt, hubSteps, yearTyped } from './logic'

const states = (...args: Parameters<typeof hubSteps>) => hubSteps(...args).map(({ state }) => state)

describe('hubSteps', () => {
  it('goes on from the name to the passphrase, and back', () => {
    expect(states({ step: 'name', reached: 'name' })).toEqual(['current', 'later', 'later', 'later'])
    expect(states({ step: 'passphrase', reached: 'passphrase' })).toEqual(['done', 'current', 'later', 'later'])
    expect(states({ step: 'name', reached: 'passphrase' })).toEqual(['current', 'open', 'later', 'later'])
  })
  it('leaves the papers in any order, and no way back before the ledger', () => {
    const steps = hubSteps({ step: 'slip', reached: 'recovery' })
    expect(steps.map(({ state }) => state)).toEqual(['done', 'done', 'current', 'open'])
    expect(steps.map(({ step }) => step)).toEqual([null, null, 'slip', 'recovery'])
    expect(states({ step: 'recovery', reached: 'recovery' })).toEqual(['done', 'done', 'done', 'current'])
  })
})

it('says where one left off', () => {
  expect(hubLeftAt('passphrase')).toBe('第 2 步，设置口令')
})

it.each([
  ['2025', 2025],
  [' ２０２６ ', 2026],
  ['1999', null],
  ['25', null],
  ['', null],
])('reads the year %j as %j', (text, year) => {
  expect(yearTyped(text)).toBe(year)
})
