import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SetupView } from '../../backend/generated/SetupView'
import { leftAt, settled, stepBefore, steps } from './logic'

const setup = (step: SetupView['step'], reached: SetupView['reached']): SetupView => ({
  step,
  reached,
  plan: null,
  hub_confirmed: false,
  digits: '',
  office: '',
  contact: '',
  telephone: '',
})
const states = (...args: Parameters<typeof steps>) => steps(...args).map(({ state }) => state)

describe('steps', () => {
  it('begins at the first', () => {
    expect(states({ stage: 'setup', setup: setup('plan', 'plan') })).toEqual(['current', 'later', 'later', 'later', 'later'])
  })
  it('goes on', () => {
    expect(states({ stage: 'setup', setup: setup('unit', 'unit') })).toEqual(['done', 'done', 'current', 'later', 'later'])
  })
  it('keeps what was reached open when one goes back', () => {
    expect(states({ stage: 'setup', setup: setup('plan', 'unit') })).toEqual(['current', 'done', 'open', 'later', 'later'])
  })
  it('ends with the enrolment', () => {
    expect(states({ stage: 'enrol', setup: null })).toEqual(['done', 'done', 'done', 'done', 'current'])
  })
  it('has a label for everyone', () => {
    expect(new Set(steps({ stage: 'enrol', setup: null }).map(({ label }) => label)).size).toBe(5)
  })
})

it('says where one left off and what comes before', () => {
  expect(leftAt('hub')).toBe('第 2 步，核对汇总单位')
  expect(stepBefore('passphrase')).toBe('unit')
  expect(stepBefore('plan')).toBeNull()
})


describe('settled', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('sends the last of what was put, once', () => {
    const send = vi.fn()
    const notes = settled(send)
    notes.put('甲')
    vi.advanceTimersByTime(200)
    notes.put('甲乙')
    vi.advanceTimersByTime(299)
    expect(send).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(send.mock.calls).toEqual([['甲乙']])
    notes.flush()
    expect(send).toHaveBeenCalledTimes(1)
  })
  it('does not wait when it is flushed', () => {
    const send = vi.fn()
    const notes = settled(send)
    notes.put('甲')
    notes.flush()
    expect(send.mock.calls).toEqual([['甲']])
    vi.advanceTimersByTime(1000)
    expect(send).toHaveBeenCalledTimes(1)
  })
})
