// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Place } from '../backend/generated/Place'
import PlacePicker from './PlacePicker.svelte'

const { places, choosePlace } = vi.hoisted(() => ({ places: vi.fn(), choosePlace: vi.fn() }))
vi.mock('../backend/places', () => ({ places, choosePlace }))

const stick = (id: number, label: string, refused: Place['refused'] = null): Place => ({ id, kind: 'drive', label, path: `/${label}`, room: '剩 1.0 GB', refused })
const full = { code: 'place_full', what: '空间满了，写不下', next: '请换一个' }

let shown: Record<string, unknown>

async function settle() {
  await vi.advanceTimersByTimeAsync(0)
  flushSync()
}

beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML = ''
})
afterEach(async () => {
  await unmount(shown)
  vi.useRealTimers()
})

async function open(list: Place[]) {
  places.mockResolvedValue(list)
  shown = mount(PlacePicker, { target: document.body, props: { label: '保存到' } })
  flushSync()
  await settle()
}

const checked = () => [...document.querySelectorAll<HTMLInputElement>('input:checked')].map((radio) => radio.closest('label')?.querySelector('b')?.textContent)

it('says what to do while there is none, and takes the first that is plugged in', async () => {
  await open([])
  expect(document.body.textContent).toContain('没有找到优盘：插上后会自动出现。')
  places.mockResolvedValue([stick(1, '优盘 甲')])
  await vi.advanceTimersByTimeAsync(2000)
  flushSync()
  expect(checked()).toEqual(['优盘 甲'])
  places.mockResolvedValue([stick(2, '优盘 乙')])
  await vi.advanceTimersByTimeAsync(2000)
  flushSync()
  expect(checked()).toEqual([])
})

it('says why a place cannot be chosen', async () => {
  await open([stick(1, '优盘 甲', full), stick(2, '优盘 乙')])
  expect(checked()).toEqual(['优盘 乙'])
  expect(document.body.textContent).toContain('空间满了，写不下。请换一个')
  expect([...document.querySelectorAll('input')].map((radio) => radio.disabled)).toEqual([true, false])
})

it('takes the folder chosen in the dialog', async () => {
  await open([stick(1, '优盘 甲'), stick(2, '优盘 乙')])
  expect(checked()).toEqual([])
  const chosen: Place = { ...stick(3, '交接'), kind: 'chosen' }
  choosePlace.mockResolvedValue(chosen)
  places.mockResolvedValue([stick(1, '优盘 甲'), stick(2, '优盘 乙'), chosen])
  document.querySelector('button')?.click()
  await settle()
  expect(checked()).toEqual(['交接'])
})

it('says why the list cannot be read', async () => {
  places.mockRejectedValue({ code: 'crashed', what: '程序出错', next: '请再试一次' })
  shown = mount(PlacePicker, { target: document.body, props: { label: '保存到' } })
  flushSync()
  await settle()
  expect(document.querySelector('[role=alert]')?.textContent).toContain('程序出错')
})
