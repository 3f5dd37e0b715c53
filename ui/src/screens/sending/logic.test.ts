import { describe, expect, it } from 'vitest'
import type { Sending } from '../../backend/generated/Sending'
import type { SentBundle } from '../../backend/generated/SentBundle'
import { breaksOf, grouped, keptWords, lacking, longest, mendOf, numbered, pagesOf, percentOf, phaseOf, taskOf } from './logic'

const bundle = (seq: number, kept = true): SentBundle => ({
  digest: `d${seq}`, period: '2024年3月', replaced: false, seq, file: '', day: '', size: '', verdict: '', missing: false, kept,
})
const view = (over: Partial<Sending> = {}): Sending => ({
  period: { period: '2024-03', label: '2024年3月', due: '', days_left: 0, state: 'draft', state_label: '' },
  refused: null, mend_at: null, warning: null, filled_by: '', checked_by: '', issued_by: '', summary: '', current: null, sent: [bundle(2), bundle(1)], ...over,
})
const refused = { code: 'blocked', what: '', next: '' }

describe('what there is to do', () => {
  it('is signing where something was typed since', () => {
    expect(taskOf(view(), null)).toEqual({ kind: 'sign' })
  })
  it('is copying where nothing was, unless one wants other names', () => {
    expect(taskOf(view({ current: 'd2' }), null)).toEqual({ kind: 'copy', bundle: bundle(2) })
    expect(taskOf(view({ current: 'd2' }), 'sign')).toEqual({ kind: 'sign' })
  })
  it('is signing where the file of what was signed is lost', () => {
    expect(taskOf(view({ current: 'd2', sent: [bundle(2, false)] }), null)).toEqual({ kind: 'sign' })
  })
  it('is mending where it is refused; an earlier bundle is copied all the same', () => {
    expect(taskOf(view({ refused }), null)).toEqual({ kind: 'blocked' })
    expect(taskOf(view({ refused }), 'sign')).toEqual({ kind: 'blocked' })
    expect(taskOf(view({ refused }), { digest: 'd1' })).toEqual({ kind: 'copy', bundle: bundle(1) })
  })
})

describe('the form', () => {
  it('asks for every box, and for a name that is more than a blank', () => {
    const names = { filledBy: ' ', checkedBy: '', issuedBy: '丙' }
    expect(Object.keys(lacking(names, '', null))).toEqual(['filledBy', 'checkedBy', 'passphrase', 'place'])
    expect(lacking({ filledBy: '甲', checkedBy: '乙', issuedBy: '丙' }, 'x', 0)).toEqual({})
    expect(Object.keys(lacking(names, ''))).toEqual(['filledBy', 'checkedBy', 'passphrase'])
  })
})

describe('progress', () => {
  it('says what is being done', () => {
    expect(phaseOf({ done: 0, total: 0 })).toMatch('签名')
    expect(phaseOf({ done: 49, total: 100 })).toMatch('写入')
    expect(phaseOf({ done: 50, total: 100 })).toMatch('核对')
  })
  it('is not done before the end', () => {
    expect(percentOf({ done: 199, total: 200 })).toBe('99%')
    expect(percentOf({ done: 200, total: 200 })).toBe('100%')
    expect(percentOf({ done: 0, total: 0 })).toBe('')
  })
})

describe('after a failure', () => {
  it('says what is safe', () => {
    expect(keptWords({ code: 'io' }, undefined)).toBe('')
    expect(keptWords({ code: 'io' }, bundle(7))).toMatch(/^第 7 号已经签名存档/)
    expect(keptWords({ code: 'cancelled' }, bundle(7))).toMatch(/^优盘上没有留下文件。第 7 号/)
  })
})

describe('the slip', () => {
  const row = (target: string, remark: string) => ({ target, name: '', goal: '', figures: '', computed: '', remark })
  it('numbers the rows through all chapters and keeps every remark, long ones as notes', () => {
    const long = '长'.repeat(longest + 1)
    const slip = numbered([
      { title: '一', rows: [row('a', '短'), row('b', long)] },
      { title: '二', rows: [row('c', '长'.repeat(longest)), row('d', `${long}完`)] },
    ])
    expect(slip.count).toBe(4)
    expect(slip.lines.map((line) => ('chapter' in line ? line.chapter : [line.number, line.note]))).toEqual(['一', [1, null], [2, 1], '二', [3, null], [4, 2]])
    expect(slip.notes.map((note) => [note.number, note.remark])).toEqual([[2, long], [4, `${long}完`]])
  })
  it('parts pages so that no row is cut and no title is left behind', () => {
    const row = { height: 10, chapter: false }
    const title = { height: 10, chapter: true }
    expect(breaksOf([row, row, row, row, row], 20, 30)).toEqual([2])
    // The title alone would still fit; its first row would not.
    expect(breaksOf([row, title, row, row], 25, 100)).toEqual([1])
    expect(breaksOf([title, row, title, row], 20, 20)).toEqual([2])
    // What fits no page goes out as it is, once.
    expect(breaksOf([title, { height: 500, chapter: false }, row], 20, 30)).toEqual([2])
    expect(breaksOf([], 20, 30)).toEqual([])
  })
  it('takes two rows along to the signatures that have no room', () => {
    const row = { height: 10, chapter: false }
    const title = { height: 10, chapter: true }
    expect(breaksOf([row, row, row, row], 50, 100, 10)).toEqual([])
    expect(breaksOf([row, row, row, row], 50, 100, 11)).toEqual([2])
    // With the title above them, and past a title between them.
    expect(breaksOf([row, title, row, row], 50, 100, 20)).toEqual([1])
    expect(breaksOf([row, row, title, row], 50, 100, 20)).toEqual([1])
    // Not where they stand with rows already, where all would have to go, or where it would not help.
    expect(breaksOf([row, row, row, row], 25, 20, 15)).toEqual([2])
    expect(breaksOf([title, row, row], 40, 100, 20)).toEqual([])
    expect(breaksOf([row, row, row, row], 50, 30, 20)).toEqual([])
    expect(breaksOf([], 50, 100, 80)).toEqual([])
  })
  it('loses no line between pages', () => {
    expect(pagesOf(['a', 'b', 'c', 'd'], [1, 3])).toEqual([['a'], ['b', 'c'], ['d']])
    expect(pagesOf(['a'], [])).toEqual([['a']])
    expect(pagesOf([], [])).toEqual([[]])
  })
  it('groups the digest without a gap at its end', () => {
    expect(grouped('0123456789abcdef')).toBe('01234567 89abcdef')
  })
})

it('knows where a hub mends what keeps it from signing', () => {
  expect(mendOf('checks')?.label).toBe('审核')
  expect(mendOf('receiving')?.label).toBe('接收')
  expect([mendOf('receipts'), mendOf(null)]).toEqual([undefined, undefined])
})
