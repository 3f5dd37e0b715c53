import { describe, expect, it, vi } from 'vitest'
import { PlanDesk } from './desk.svelte'

vi.mock('../../../backend/hub/targets', () => ({ targetDetail: () => Promise.reject(new Error('not read')) }))

describe('a new target', () => {
  it('is found as it was begun by whoever looked elsewhere', async () => {
    const desk = new PlanDesk()
    desk.add('1-1')
    const shown = desk.adding!
    desk.begin({ ...shown, name: '新建充电桩' })
    expect(desk.adding).toBe(shown)
    await desk.choose('2-1-01')
    expect(desk.adding).toBeNull()
    desk.add('3-1')
    expect(desk.adding).toMatchObject({ name: '新建充电桩', section: '1-1' })
  })
  it('is gone once it was given up, and none was begun by a look at the form', () => {
    const desk = new PlanDesk()
    desk.add('1-1')
    desk.begin({ ...desk.adding!, name: '新建充电桩' })
    desk.cancel()
    desk.add('3-1')
    expect(desk.adding).toMatchObject({ name: '', section: '3-1' })
    desk.adding = null
    desk.add('2-1')
    expect(desk.adding).toMatchObject({ section: '2-1' })
  })
})
