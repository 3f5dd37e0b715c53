// @vitest-environment jsdom
import { createRawSnippet, flushSync, mount, tick, unmount, type Component } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import Chips from './Chips.svelte'
import Field from './Field.svelte'
import Fingerprint from './Fingerprint.svelte'
import Lamp from './Lamp.svelte'
import Notice from './Notice.svelte'
import Passphrase from './Passphrase.svelte'
import Print from './Print.svelte'
import ProgressBar from './ProgressBar.svelte'
import Select from './Select.svelte'

let mounted: ReturnType<typeof mount>[] = []

function show<const Props extends Record<string, unknown>>(control: Component<Props, object, string>, props: Props): HTMLElement {
  const target = document.createElement('div')
  document.body.append(target)
  mounted.push(mount(control, { target, props }))
  flushSync()
  return target
}

afterEach(async () => {
  await Promise.all(mounted.map((one) => unmount(one)))
  mounted = []
  document.body.replaceChildren()
})

const one = <E extends Element>(within: ParentNode, selector: string) => within.querySelector<E>(selector)!

describe('Field', () => {
  it('is labelled and described', () => {
    const field = show(Field, { label: '联系人', hint: '有问题时打给谁', required: true })
    const input = one<HTMLInputElement>(field, 'input')
    expect(input.labels?.[0]?.textContent).toBe('联系人（必填）')
    expect(document.getElementById(input.getAttribute('aria-describedby')!)?.textContent).toBe('有问题时打给谁')
    expect(input.hasAttribute('aria-invalid')).toBe(false)
  })
  it("says an error in the hint's place", () => {
    const field = show(Field, { label: '电话', hint: '区号在前', error: '少了一位。' })
    const input = one<HTMLInputElement>(field, 'input')
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(field.querySelectorAll('p')).toHaveLength(1)
    expect(document.getElementById(input.getAttribute('aria-describedby')!)?.textContent).toBe('少了一位。')
  })
  it('keeps an empty line, so that an error moves nothing', () => {
    const field = show(Field, { label: '电话' })
    expect(field.querySelectorAll('p')).toHaveLength(1)
    expect(one(field, 'input').hasAttribute('aria-describedby')).toBe(false)
  })
})

it('Select shows groups', () => {
  const select = show(Select, {
    label: '单位',
    placeholder: '请选择',
    options: [{ label: '街道', options: [{ value: 'a', label: '甲街道' }] }, { value: 'b', label: '乙部门' }],
  })
  expect(one<HTMLSelectElement>(select, 'select').value).toBe('')
  expect([...select.querySelectorAll('option')].map((option) => option.text)).toEqual(['请选择', '甲街道', '乙部门'])
  expect(one<HTMLOptGroupElement>(select, 'optgroup').label).toBe('街道')
})

it('Passphrase is hidden until asked for', () => {
  const passphrase = show(Passphrase, { label: '口令', value: '四个词的口令' })
  const button = one<HTMLButtonElement>(passphrase, 'button')
  expect(one<HTMLInputElement>(passphrase, 'input').type).toBe('password')
  button.click()
  flushSync()
  expect(one<HTMLInputElement>(passphrase, 'input').type).toBe('text')
  expect(button.getAttribute('aria-pressed')).toBe('true')
})

it('Fingerprint groups what is pasted and gives the digits alone', async () => {
  const props = $state({ label: '指纹', value: '' })
  const input = one<HTMLInputElement>(show(Fingerprint, props), 'input')
  input.value = '０１２３４-56789 O1'
  input.setSelectionRange(input.value.length, input.value.length)
  input.dispatchEvent(new InputEvent('input', { bubbles: true }))
  await tick()
  flushSync()
  expect(input.value).toBe('01234 56789 1')
  expect(input.selectionStart).toBe(13)
  expect(document.getElementById(input.getAttribute('aria-describedby')!)?.textContent).toBe(
    '已输入 11/40 位；“O”不是数字，没有算进去',
  )
  expect(props.value).toBe('01234567891')
})

it('Chips tell which one is on, and so does the menu', () => {
  const chips = show(Chips, { label: '筛选', chips: [{ value: 'all', label: '全部', count: 31 }, { value: 'empty', label: '未填', count: 5 }] })
  const [all, empty] = chips.querySelectorAll('button')
  expect(all?.getAttribute('aria-pressed')).toBe('true')
  empty?.click()
  flushSync()
  expect(all?.getAttribute('aria-pressed')).toBe('false')
  expect(empty?.getAttribute('aria-pressed')).toBe('true')
  expect(one<HTMLSelectElement>(chips, 'select').value).toBe('empty')
})

it('Lamps differ in shape, not in colour alone', () => {
  const shape = (code: string) => one(show(Lamp, { code, words: '某' }), 'svg').innerHTML.replaceAll('<!---->', '')
  const shapes = ['done', 'green', 'yellow', 'red', 'unreported', 'none'].map(shape)
  expect(new Set(shapes).size).toBe(6)
  expect(shape('unscheduled')).toBe(shapes[4])
})

describe('Notice', () => {
  it('announces an error and says what to do', () => {
    const notice = show(Notice, { mood: 'error', message: { what: '口令不对。', next: '请重新输入。' } })
    expect(one(notice, '[role=alert]').textContent).toContain('口令不对。请重新输入。')
  })
  it('does not interrupt with anything else', () => {
    expect(show(Notice, { mood: 'warning', message: { what: '甲', next: '' } }).querySelector('[role=alert]')).toBeNull()
  })
})

it('ProgressBar can be stopped once', () => {
  const oncancel = vi.fn()
  const bar = show(ProgressBar, { label: '正在写入', done: 3, total: 18, oncancel })
  expect(one<HTMLProgressElement>(bar, 'progress').position).toBeCloseTo(1 / 6)
  const button = one<HTMLButtonElement>(bar, 'button')
  button.click()
  flushSync()
  button.click()
  expect(oncancel).toHaveBeenCalledTimes(1)
  expect(button.disabled).toBe(true)
})

it('Print lays its pages beside the window and takes them away again', async () => {
  show(Print, { children: createRawSnippet(() => ({ render: () => '<h1>回执单</h1>' })) })
  expect(one(document, 'body > .print').textContent).toBe('回执单')
  await unmount(mounted.pop()!)
  expect(document.querySelector('.print')).toBeNull()
})
