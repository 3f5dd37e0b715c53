import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Place } from '../backend/generated/Place'
import { fits, selectedAmong, watch } from './places'

const place = (id: number, code?: string): Place => ({
  id,
  kind: 'drive',
  label: `优盘 ${id}`,
  path: '',
  room: '',
  refused: code === undefined ? null : { code, what: '', next: '' },
})

describe('fits', () => {
  it('reads what cannot be written, but not what is gone', () => {
    expect(fits(place(1), 'write')).toBe(true)
    expect(fits(place(1, 'place_full'), 'write')).toBe(false)
    expect(fits(place(1, 'place_full'), 'read')).toBe(true)
    expect(fits(place(1, 'place_read_only'), 'read')).toBe(true)
    expect(fits(place(1, 'place_missing'), 'read')).toBe(false)
  })
})

describe('selectedAmong', () => {
  it('selects the only place there is', () => {
    expect(selectedAmong([place(1)], null, 'write')?.id).toBe(1)
    expect(selectedAmong([place(1, 'place_full'), place(2)], null, 'write')?.id).toBe(2)
    expect(selectedAmong([place(1), place(2)], null, 'write')).toBeNull()
    expect(selectedAmong([], null, 'write')).toBeNull()
  })
  it('keeps the selection while it is there', () => {
    expect(selectedAmong([place(1), place(2)], place(2), 'write')?.id).toBe(2)
  })
  it('takes the place as it is now', () => {
    expect(selectedAmong([{ ...place(2), room: '剩 1 MB' }], place(2), 'write')?.room).toBe('剩 1 MB')
  })
  it('replaces a drive that was pulled out by nothing', () => {
    expect(selectedAmong([place(1)], place(2), 'write')).toBeNull()
    expect(selectedAmong([place(1), place(2, 'place_read_only')], place(2), 'write')).toBeNull()
  })
})

describe('watch', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('document', { hidden: false })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('looks at once, then every two seconds, until it is ended', async () => {
    const look = vi.fn(async () => {})
    const end = watch(look)
    await vi.advanceTimersByTimeAsync(4000)
    expect(look).toHaveBeenCalledTimes(3)
    end()
    await vi.advanceTimersByTimeAsync(9000)
    expect(look).toHaveBeenCalledTimes(3)
  })
  it('does not look twice at once', async () => {
    let finish = () => {}
    const look = vi.fn(() => new Promise<void>((done) => (finish = done)))
    const end = watch(look)
    await vi.advanceTimersByTimeAsync(9000)
    expect(look).toHaveBeenCalledTimes(1)
    finish()
    await vi.advanceTimersByTimeAsync(2000)
    expect(look).toHaveBeenCalledTimes(2)
    end()
  })
  it('does not look while the window is hidden', async () => {
    vi.stubGlobal('document', { hidden: true })
    const look = vi.fn(async () => {})
    const end = watch(look)
    await vi.advanceTimersByTimeAsync(4000)
    expect(look).not.toHaveBeenCalled()
    end()
  })
})
