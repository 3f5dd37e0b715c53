// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { analysis, trend } from '../../backend/analysis'
import type { Analysis } from '../../backend/generated/Analysis'
import type { ChartView } from '../../backend/generated/ChartView'
import type { Trend } from '../../backend/generated/Trend'
import { session } from '../../session.svelte'
import Page from './Page.svelte'

vi.mock('../../backend/analysis', () => ({ analysis: vi.fn(), trend: vi.fn() }))

const MARKUP = '<img src=x onerror="document.title=1"><script>alert(1)</' + 'script>'

const chart = (title: string): ChartView => ({
  title, svg: `<svg>${title}</svg>`, alt: `${title}的话`, heads: ['目标', '完成'], rows: [[`${title}甲`, '43.0%']],
})
const period = { period: '2024-06', label: '2024年6月', due: '7月5日', days_left: 3, state: 'draft' as const, state_label: '填报中' }

function view(words = ''): Analysis {
  const lamp = { code: 'green', words: `正常${words}` }
  const targets = ['1-1-01', '2-1-01'].map((target, at) => ({ target, name: `目标${target}${words}`, chapter: `第${at}篇${words}`, lamp }))
  return { period, chapters: chart(`各篇${words}`), completion: chart(`完成率${words}`), targets }
}
const months = (target: string, words = ''): Trend => ({
  target, name: `目标${target}`, clause: `原文${words}`, explanation: words, chart: chart(`走势${target}${words}`),
})

let page: ReturnType<typeof mount> | undefined

async function show(): Promise<HTMLElement> {
  page = mount(Page, { target: document.body })
  await settled()
  return document.body
}

async function settled() {
  for (let turn = 0; turn < 4; turn += 1) {
    flushSync()
    await Promise.resolve()
  }
  flushSync()
}

const button = (words: string) => [...document.querySelectorAll('button')].find((one) => one.textContent.includes(words))!

beforeEach(() => {
  Element.prototype.scrollIntoView = () => {}
  vi.stubGlobal('CSS', { escape: (text: string) => text })
  session.period = '2024-06'
  session.theme = 'light'
  vi.mocked(analysis).mockReset().mockImplementation(async () => view())
  vi.mocked(trend).mockReset().mockImplementation(async (target) => months(target))
})

afterEach(async () => {
  if (page !== undefined) await unmount(page)
  document.body.replaceChildren()
})

it('shows charts as images that say what they show', async () => {
  const body = await show()
  const images = [...body.querySelectorAll('img')]
  expect(images.map((image) => image.alt)).toEqual(['各篇的话', '完成率的话'])
  expect(images.every((image) => image.src.startsWith('data:image/svg+xml'))).toBe(true)
  expect(analysis).toHaveBeenCalledWith('2024-06', 'light')
})

it('shows the table of every chart', async () => {
  const body = await show()
  button('看数据表').click()
  flushSync()
  expect(body.querySelectorAll('img')).toHaveLength(0)
  expect([...body.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual(['各篇甲', '43.0%', '完成率甲', '43.0%'])
  expect(body.querySelectorAll('th[scope="col"]')).toHaveLength(4)
})

it('goes through the targets by keyboard', async () => {
  const body = await show()
  const press = async (key: string) => {
    window.dispatchEvent(new KeyboardEvent('keydown', { key, altKey: true }))
    await settled()
  }
  await press('ArrowDown')
  expect(body.querySelector('h2')?.textContent).toBe('走势1-1-01')
  await press('ArrowDown')
  await press('ArrowDown')
  expect(body.querySelector('h2')?.textContent).toBe('走势2-1-01')
  await press('ArrowUp')
  await press('ArrowUp')
  expect(body.querySelector('h2')?.textContent).toBe('各篇')
})

it('draws anew for another theme', async () => {
  await show()
  button('目标1-1-01').click()
  await settled()
  session.theme = 'dark'
  await settled()
  expect(analysis).toHaveBeenLastCalledWith('2024-06', 'dark')
  expect(trend).toHaveBeenLastCalledWith('1-1-01', '2024-06', 'dark')
})

it('shows no answer that was overtaken', async () => {
  const answers: Record<string, (answer: Trend) => void> = {}
  vi.mocked(trend).mockImplementation((target) => new Promise((resolve) => (answers[target] = resolve)))
  const body = await show()
  button('目标1-1-01').click()
  await settled()
  button('目标2-1-01').click()
  await settled()
  answers['2-1-01']!(months('2-1-01'))
  answers['1-1-01']!(months('1-1-01'))
  await settled()
  expect(body.querySelector('h2')?.textContent).toBe('走势2-1-01')
})

it('says what went wrong and tries again', async () => {
  vi.mocked(analysis).mockRejectedValueOnce({ code: 'x', what: '画不出来。', next: '请再试。' })
  const body = await show()
  expect(body.textContent).toContain('画不出来。')
  button('再试一次').click()
  await settled()
  expect(body.textContent).not.toContain('画不出来。')
  expect(body.querySelectorAll('img')).toHaveLength(2)
})

it('keeps saying what went wrong with one target while the others are well', async () => {
  vi.mocked(trend).mockRejectedValue({ code: 'x', what: '画不出来。', next: '请再试。' })
  const body = await show()
  button('目标1-1-01').click()
  await settled()
  session.theme = 'dark'
  await settled()
  expect(body.textContent).toContain('画不出来。')
  button('全部目标').click()
  await settled()
  expect(body.textContent).not.toContain('画不出来。')
})

it('shows markup as text, in images and out of them', async () => {
  vi.mocked(analysis).mockImplementation(async () => view(MARKUP))
  vi.mocked(trend).mockImplementation(async (target) => months(target, MARKUP))
  const body = await show()
  button('目标1-1-01').click()
  await settled()
  button('看数据表').click()
  flushSync()
  expect(body.querySelectorAll('img, script')).toHaveLength(0)
  expect(body.textContent.split('<img src=x').length).toBeGreaterThan(6)
})

it('takes one stop of Tab for the list, and arrows within it', async () => {
  const body = await show()
  const stops = () => [...body.querySelectorAll<HTMLElement>('nav button')].filter((one) => one.tabIndex === 0)
  expect(stops().map((one) => one.textContent.trim())).toEqual(['全部目标'])
  stops()[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
  await settled()
  expect(stops()).toHaveLength(1)
  expect(document.activeElement).toBe(stops()[0])
  expect(body.querySelector('h2')?.textContent).toBe('走势1-1-01')
})
