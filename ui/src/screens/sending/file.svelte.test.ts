// @vitest-environment jsdom
import { clearMocks, mockIPC } from '@tauri-apps/api/mocks'
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, expect, it, vi } from 'vitest'
import type { HubHome } from '../../backend/generated/HubHome'
import type { Sending } from '../../backend/generated/Sending'
import type { StartView } from '../../backend/generated/StartView'
import { session } from '../../session.svelte'
import Page from './Page.svelte'

const standIn = { office: 'u14', name: '张家楼街道' }
const names = { filledBy: '甲', checkedBy: '乙', issuedBy: '丙' }

const view = (over: Partial<Sending> = {}): Sending => ({
  period: { period: '2024-06', label: '2024年6月', due: '', days_left: 0, state: 'draft', state_label: '填报中' },
  refused: null, mend_at: null, warning: null, filled_by: '甲', checked_by: '乙', issued_by: '丙',
  summary: '31 项', current: null, sent: [], ...over,
})

let page: ReturnType<typeof mount> | undefined
let asked: [string, Record<string, unknown>][] = []

/** Shows the screen at a hub, for an office or for itself; returns what is on it once it has been read. */
async function show(sending: Sending, whose: typeof standIn | null): Promise<HTMLElement> {
  mockIPC((command, args) => {
    asked.push([command, args as Record<string, unknown>])
    if (command === 'sending') return sending
    if (command === 'file_return') return { digest: 'd', seq: 1, message: { code: 'filed', what: '已代录入账', next: '' } }
    return command === 'hub_home' ? session.hub : null
  })
  session.start = { stage: 'hub', demo: false } as StartView
  session.hub = { hub: '督查室', period: { period: '2024-06', label: '2024年6月' }, periods: [] } as unknown as HubHome
  session.period = '2024-06'
  session.go('overview')
  session.go('sending', { standIn: whose })
  page = mount(Page, { target: document.body })
  await vi.waitFor(() => expect(document.body.textContent).not.toContain('正在读取'))
  flushSync()
  return document.body
}

afterEach(async () => {
  if (page !== undefined) await unmount(page)
  document.body.replaceChildren()
  asked = []
  clearMocks()
})

it('says at all times for whom one signs, and asks for no drive', async () => {
  const body = await show(view(), standIn)
  expect(body.textContent).toContain('代录：张家楼街道')
  expect(body.textContent).toContain('依据盖章扫描件')
  expect(body.textContent).not.toContain('写到哪里')
  expect(body.textContent).not.toContain('等待回执')
  expect(body.querySelector('button[type=submit]')?.textContent).toBe('签发入账')
})

it('signs for the office that is named, and for nobody else', async () => {
  const body = await show(view(), standIn)
  const secret = body.querySelector<HTMLInputElement>('input[type=password]')!
  secret.value = '口令'
  secret.dispatchEvent(new Event('input', { bubbles: true }))
  flushSync()
  body.querySelector<HTMLButtonElement>('button[type=submit]')!.click()
  await vi.waitFor(() => expect(body.textContent).toContain('已代录入账'))
  const filed = asked.find(([command]) => command === 'file_return')
  expect(filed?.[1]).toEqual({ period: '2024-06', office: 'u14', names, passphrase: '口令' })
})

it('is 本级 where nobody was named', async () => {
  const body = await show(view(), null)
  expect(body.querySelector('h1')?.textContent).toBe('本级签发入账')
  expect(body.textContent).not.toContain('代录')
  expect(asked.find(([command]) => command === 'sending')?.[1]).toEqual({ period: '2024-06', office: null })
})

it('leads to where what is lacking is mended', async () => {
  const refused = { code: 'no_scan', what: '代录没有附盖章原件的扫描件', next: '请附上' }
  const body = await show(view({ refused, mend_at: 'entry' }), standIn)
  expect(body.querySelector('form')).toBeNull()
  const buttons = [...body.querySelectorAll('button')].find((button) => button.textContent === '去填报')
  buttons!.click()
  expect([session.place, session.standIn]).toEqual(['entry', standIn])
})
