// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, expect, it, vi } from 'vitest'
import type { OfficeHome } from '../../backend/generated/OfficeHome'
import { session } from '../../session.svelte'
import Page from './Page.svelte'

const MARKUP = '<img src=x onerror="document.title=1"><script>alert(1)</' + 'script>&amp;'

function home(words: string): OfficeHome {
  const period = {
    period: '2024-06', label: `2024年6月${words}`, due: `7月5日${words}`, days_left: 3, state: 'draft' as const, state_label: `填报中${words}`,
  }
  return {
    office: words, hub: words, plan: words, year: 2024, plan_version: 1, demo: true,
    period, periods: [{ ...period, period: '2024-05', state: 'accepted', state_label: '已接收' }, period],
    counts: { total: 28, filled: 21, zero: 1, not_applicable: 1, nil: 0, empty: 5, optional: 0 },
    open_findings: 0, new_receipts: 1,
    last_receipt: { seq: 4, day: words, summary: words, returned: 1 },
    notices: [{ mood: 'warning', message: { code: 'x', what: words, next: words } }],
    steps: [
      { title: `一${words}`, text: words, place: 'entry', period: '2024-06', done: true },
      { title: `二${words}`, text: words, place: 'receipts', period: '2024-05', done: false },
      { title: `三${words}`, text: words, place: 'sending', period: '2024-06', done: false },
    ],
    lamps: [{ lamp: { code: 'green', words }, count: 3 }],
  }
}

let page: ReturnType<typeof mount> | undefined

function show(view: OfficeHome): HTMLElement {
  session.home = view
  session.period = view.period.period
  page = mount(Page, { target: document.body })
  flushSync()
  return document.body
}

afterEach(async () => {
  if (page !== undefined) await unmount(page)
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

it('shows markup as text, wherever it stands', () => {
  const body = show(home(MARKUP))
  expect(body.querySelectorAll('img, script')).toHaveLength(0)
  expect(body.textContent.split('<img src=x').length).toBeGreaterThan(10)
})

it('has one primary button, at the first step that is not done', () => {
  const body = show(home(''))
  const primary = body.querySelectorAll<HTMLButtonElement>('button.primary')
  expect(primary).toHaveLength(1)
  expect(primary[0]!.closest('li')?.textContent).toContain('二')
  expect(body.querySelector('li.done')?.textContent).toContain('已完成')
})

it('follows a step into its period and place', async () => {
  const choose = vi.spyOn(session, 'choose').mockImplementation(async (period) => void (session.period = period))
  const go = vi.spyOn(session, 'go').mockImplementation(() => {})
  const body = show(home(''))
  body.querySelector<HTMLButtonElement>('button.primary')!.click()
  await vi.waitFor(() => expect(go).toHaveBeenCalledWith('receipts'))
  expect(choose).toHaveBeenCalledWith('2024-05')
})

it('tells the states in words, not in colours alone', () => {
  const bar = show(home('')).querySelector('[role="img"][aria-label*="28 项中"]')
  expect(bar?.getAttribute('aria-label')).toBe('28 项中已填 21 项，填 0 1 项，不适用 1 项，未填 5 项')
})

it('chooses a period from the year', () => {
  const choose = vi.spyOn(session, 'choose').mockResolvedValue()
  const body = show(home(''))
  const months = [...body.querySelectorAll<HTMLButtonElement>('.year button')]
  expect(months.map((month) => month.getAttribute('aria-current'))).toEqual([null, 'date'])
  months[0]!.click()
  expect(choose).toHaveBeenCalledWith('2024-05')
})
