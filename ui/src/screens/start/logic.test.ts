import { describe, expect, it, vi } from 'vitest'
import type { SetupView } from '../../backend/generated/SetupView'
import { leftAt, Notes, stepBefore, steps } from './logic'

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

describe('notes', () => {
  it('are kept at once, one at a time, the newest last', async () => {
    const calls: [string, () => void][] = []
    const notes = new Notes((text: string) => new Promise<void>((done) => calls.push([text, done])))
    const kept = () => calls.map(([text]) => text)
    notes.put('甲')
    expect(kept()).toEqual(['甲'])
    notes.put('甲乙')
    notes.put('甲乙丙')
    expect(kept()).toEqual(['甲'])
    const rest = notes.rest()
    calls[0]![1]()
    await vi.waitFor(() => expect(kept()).toEqual(['甲', '甲乙丙']))
    let rested = false
    void rest.then(() => (rested = true))
    await Promise.resolve()
    expect(rested).toBe(false)
    calls[1]![1]()
    await rest
    notes.put('丁')
    expect(kept()).toEqual(['甲', '甲乙丙', '丁'])
  })
  it('go on after one that could not be kept', async () => {
    const keep = vi.fn().mockRejectedValueOnce(new Error('full')).mockResolvedValue(null)
    const notes = new Notes(keep)
    notes.put('甲')
    await notes.rest()
    notes.put('乙')
    await notes.rest()
    expect(keep.mock.calls).toEqual([['甲'], ['乙']])
  })
})
