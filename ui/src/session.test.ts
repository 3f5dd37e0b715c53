import { describe, expect, it, vi } from 'vitest'
import type { HubHome } from './backend/generated/HubHome'
import type { OfficeHome } from './backend/generated/OfficeHome'
import type { StartView } from './backend/generated/StartView'
import { Session } from './session.svelte'

const month = (period: string) => ({ period: { period } }) as OfficeHome
const started = (stage: StartView['stage']): StartView => ({
  stage,
  demo: false,
  demo_passphrase: '',
  demo_kept: false,
  demo_hub_kept: false,
  setup: null,
  slip: null,
  hub_setup: null,
  theme: 'system',
  trouble: null,
})

function office() {
  const home = vi.fn((period: string | null) => Promise.resolve(month(period ?? '2024-06')))
  return { home, session: new Session({ start: () => Promise.resolve(started('office')), home, hub: vi.fn() }) }
}

describe('open', () => {
  it('reads the month that is due and stays on it', async () => {
    const { home, session } = office()
    await session.open()
    expect(session.period).toBe('2024-06')
    await session.refresh()
    expect(home.mock.calls).toEqual([[null], ['2024-06']])
  })

  it('reads no month before there is an office', async () => {
    const home = vi.fn()
    const session = new Session({ start: () => Promise.resolve(started('setup')), home, hub: vi.fn() })
    await session.open()
    expect(home).not.toHaveBeenCalled()
    expect(session.start?.stage).toBe('setup')
  })

  it('begins anew with another ledger', async () => {
    const { home, session } = office()
    await session.open()
    await session.choose('2024-03')
    session.go('entry')
    await session.take(started('office'))
    expect([session.place, session.period]).toEqual(['entry', '2024-03'])
    await session.take({ ...started('office'), demo: true })
    expect([session.place, session.period]).toEqual(['home', '2024-06'])
    expect(home).toHaveBeenLastCalledWith(null)
    await session.take(started('choose'))
    expect(session.home).toBeNull()
  })

  it('reads the frame of a hub, and begins anew in the other role', async () => {
    const hub = vi.fn((period: string | null) => Promise.resolve({ period: { period: period ?? '2024-05' } } as HubHome))
    const home = vi.fn((period: string | null) => Promise.resolve(month(period ?? '2024-06')))
    const session = new Session({ start: () => Promise.resolve(started('hub')), home, hub })
    await session.open()
    expect([session.role, session.place, session.period, session.home]).toEqual(['hub', 'overview', '2024-05', null])
    await session.choose('2024-03')
    session.go('receiving')
    await session.take(started('hub'))
    expect([session.place, session.period]).toEqual(['receiving', '2024-03'])
    expect(home).not.toHaveBeenCalled()
    await session.take(started('office'))
    expect([session.role, session.place, session.period, session.hub]).toEqual(['office', 'home', '2024-06', null])
  })

  it('says why a step failed', async () => {
    const { session } = office()
    await session.follow(Promise.reject({ code: 'io', what: '写不进去', next: '' }))
    expect(session.failure?.code).toBe('io')
    await session.follow(Promise.resolve(started('setup')))
    expect([session.failure, session.start?.stage]).toEqual([null, 'setup'])
  })

  it('keeps why it failed, until it works', async () => {
    const start = vi.fn().mockRejectedValueOnce({ code: 'damaged', what: '台账库损坏。', next: '' }).mockResolvedValue(started('choose'))
    const session = new Session({ start, home: vi.fn(), hub: vi.fn() })
    await session.open()
    expect(session.failure?.code).toBe('damaged')
    await session.open()
    expect(session.failure).toBeNull()
  })
})

describe('refresh', () => {
  it('keeps the newer of two readings, whichever comes first', async () => {
    const waiting = new Map<string, (home: OfficeHome) => void>()
    const home = (period: string | null) => new Promise<OfficeHome>((come) => waiting.set(period ?? '', come))
    const session = new Session({ start: () => Promise.resolve(started('office')), home, hub: vi.fn() })
    const march = session.choose('2024-03')
    const april = session.choose('2024-04')
    waiting.get('2024-04')?.(month('2024-04'))
    waiting.get('2024-03')?.(month('2024-03'))
    await Promise.all([march, april])
    expect(session.home?.period.period).toBe('2024-04')
    expect(session.period).toBe('2024-04')
  })

  it('asks nothing once the ledger is left', async () => {
    const { home, session } = office()
    await session.open()
    await session.take(started('choose'))
    home.mockRejectedValueOnce({ code: 'no_home', what: '', next: '' })
    await session.refresh()
    expect([home.mock.calls.length, session.failure]).toEqual([1, null])
  })

  it('keeps what was shown when a reading fails', async () => {
    const { home, session } = office()
    await session.open()
    home.mockRejectedValueOnce(new Error('gone'))
    await session.refresh()
    expect(session.failure?.code).toBe('unexpected')
    expect(session.home?.period.period).toBe('2024-06')
  })
})

describe('go', () => {
  it('carries a cell along, and counts only changes of place', () => {
    const { session } = office()
    session.go('entry', { target: '5-2-04' })
    const first = session.detail
    session.go('entry', { target: '5-2-04' })
    expect(session.moves).toBe(1)
    expect(session.detail).toEqual({ target: '5-2-04' })
    expect(session.detail).not.toBe(first)
    session.go('checks')
    expect(session.moves).toBe(2)
    expect(session.detail).toEqual({})
  })
})

describe('代录', () => {
  const standIn = { office: 'u05', name: '张家楼街道' }
  const hub = async () => {
    const hub = vi.fn((period: string | null) => Promise.resolve({ period: { period: period ?? '2024-06' } } as HubHome))
    const session = new Session({ start: () => Promise.resolve(started('hub')), home: vi.fn(), hub })
    await session.open()
    session.go('consolidation')
    return session
  }

  it('lasts from step to step and through the months', async () => {
    const session = await hub()
    session.go('entry', { standIn })
    session.go('checks')
    session.go('entry', { target: '1-1-01' })
    await session.choose('2024-05')
    session.go('sending')
    expect([session.standIn, session.returnOf]).toEqual([standIn, { period: '2024-05', office: 'u05' }])
  })

  it('ends as soon as one goes elsewhere, and is never taken up by itself', async () => {
    const session = await hub()
    session.go('entry', { standIn })
    session.go('consolidation')
    expect(session.standIn).toBeNull()
    session.go('entry')
    expect(session.returnOf).toEqual({ period: '2024-06', office: null })
    session.go('entry', { standIn })
    session.go('entry', { standIn: null })
    expect(session.standIn).toBeNull()
    session.go('overview', { standIn })
    expect(session.standIn).toBeNull()
  })

  it('ends with the ledger', async () => {
    const session = await hub()
    session.go('entry', { standIn })
    await session.take({ ...started('hub'), demo: true })
    expect(session.standIn).toBeNull()
  })
})
