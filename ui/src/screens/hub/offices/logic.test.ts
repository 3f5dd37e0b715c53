import { describe, expect, it } from 'vitest'
import type { HubOffice } from '../../../backend/generated/HubOffice'
import { chipsOf, claimWords, current, groupsOf, lossWords, namesTyped, numberTyped, officesShown, others } from './logic'

const office = (name: string, rest: Partial<HubOffice> = {}): HubOffice => ({
  id: name,
  name,
  kind: 'town',
  kind_label: '镇',
  code: '',
  contact: '',
  telephone: '',
  key: 'active',
  key_label: '',
  waiting: false,
  last_period: '',
  last_day: '',
  targets: 0,
  retired: '',
  change: '',
  lookalike: '',
  names: [name],
  keys: [],
  origins: '',
  begins: '',
  ...rest,
})
const offices = [
  office('甲镇', { telephone: '0532-861' }),
  office('乙镇', { key: 'none' }),
  office('丙街道', { kind: 'street', waiting: true, code: 'Q7' }),
  office('丁镇', { key: 'closed', retired: '2024年7月1日' }),
  office('戊镇', { key: 'none', change: '新增' }),
]
const names = (list: HubOffice[]) => list.map(({ name }) => name)

describe('the list', () => {
  it('counts what each filter shows', () => {
    expect(chipsOf(offices).map(({ value, count }) => [value, count])).toEqual([['all', 5], ['waiting', 1], ['none', 2], ['retired', 1]])
    expect(chipsOf([offices[0]!]).map(({ value }) => value)).toEqual(['all'])
  })
  it('finds by name, code and telephone', () => {
    expect(names(officesShown(offices, 'all', ' 861'))).toEqual(['甲镇'])
    expect(names(officesShown(offices, 'all', 'q7'))).toEqual(['丙街道'])
    expect(names(officesShown(offices, 'none', ''))).toEqual(['乙镇', '戊镇'])
  })
})

it('offers for admission what the issued plan has, by kind', () => {
  const kinds = [{ kind: 'street', label: '街道' }, { kind: 'town', label: '镇' }, { kind: 'zone', label: '功能区' }]
  const groups = groupsOf({ offices, kinds })
  expect(groups.map(({ label, options }) => [label, options.length])).toEqual([['街道', 1], ['镇', 3]])
})

describe('claimWords', () => {
  const one = { file: '注册-甲镇.tzb', office: '甲镇', says: '甲镇', odd: '' }
  it('says what was found of the office picked', () => {
    expect(claimWords([], '甲镇')).toContain('还没有找到')
    expect(claimWords([one], '乙镇')).toContain('还没有找到')
    expect(claimWords([one], '甲镇')).toBe('找到 1 个它的注册包。')
    expect(claimWords([one, one], '甲镇')).toContain('2 个')
  })
  it('warns of a name that is not what it looks like', () => {
    expect(claimWords([{ ...one, says: '甲⟨U+200B⟩镇', odd: '看起来一样' }], '甲镇')).toBe('找到的注册包自称“甲⟨U+200B⟩镇”：看起来一样。')
  })
})

it.each([
  ['3', 3],
  ['０', 0],
  ['', null],
  ['-1', null],
  ['3.5', null],
])('reads the number %j as %j', (text, number) => expect(numberTyped(text)).toBe(number))

it('says what revoking costs', () => {
  expect(lossWords([], 5, 5)).toBe('已收到的报表都照算；以后收到的第 6 号起一律拒收。')
  expect(lossWords(['2024年6月（第 5 号）'], 4, 5)).toContain('不再计入：2024年6月（第 5 号）')
  expect(lossWords([], 9, 5)).toContain('只收到第 5 号')
})

describe('keys, mergers and splits', () => {
  const key = (number: number) => ({ number, label: '', how: 'typed', revocable: number > 0, head: 0 })

  it('knows which key is the present one; one that waits for its digits has no number', () => {
    expect(current({ keys: [key(0), key(2), key(1)] })).toBe(2)
    expect(current({ keys: [] })).toBe(0)
  })

  it('reads a name a line', () => {
    expect(namesTyped(' 东街道 \n\n西街道\n')).toEqual(['东街道', '西街道'])
    expect(namesTyped('  \n')).toEqual([])
  })

  it('offers those that still report, and not the office itself', () => {
    const all = { offices: [office('甲'), office('乙', { retired: '2024年7月1日' }), office('丙')] }
    expect(others(all, '甲').map(({ name }) => name)).toEqual(['丙'])
  })
})
