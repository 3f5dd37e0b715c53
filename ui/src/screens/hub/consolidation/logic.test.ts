import { describe, expect, it } from 'vitest'
import type { CellOrigin } from '../../../backend/generated/CellOrigin'
import type { Matrix } from '../../../backend/generated/Matrix'
import type { MatrixCell } from '../../../backend/generated/MatrixCell'
import type { MatrixOffice } from '../../../backend/generated/MatrixOffice'
import type { MatrixTarget } from '../../../backend/generated/MatrixTarget'
import { cellWords, chaptersOf, columnsBetween, enterLabel, everything, HEADING, inSight, LINE, linesBetween, linesOf, moved, officesShown, partsInOrder, standInFor, targetsShown, topsOf } from './logic'

const target = (code: string, more: Partial<MatrixTarget> = {}): MatrixTarget => ({
  code, name: `目标${code}`, chapter_code: code[0] ?? '', chapter: `第${code[0]}篇`, unit: '个', kind_label: '累计数', goal: '100 个', actual: '50 个',
  lamp: { code: 'green', words: '正常' }, coverage: '按 2/2 家汇总', coverage_more: '', reported: 2, owed: 2, full: true, earlier: null, due: true, behind: 0, own: false, ...more,
})
const office = (id: string, name: string, more: Partial<MatrixOffice> = {}): MatrixOffice => ({
  id, name, kind: 'street', kind_label: '街道', state: 'reported', state_label: '7月2日', nil: false, stand_in: false, ...more,
})
const matrix: Matrix = {
  period: '2024-06', label: '2024年6月', plan_version: 1, locked: false, locked_on: '', issues: 0, drifted: 0, owed: 3, reported: 2, late: 0, waiting: 0,
  targets: [
    target('1-1', { behind: 2 }),
    target('1-2', { lamp: { code: 'red', words: '落后 20 点' }, behind: 0, reported: 1 }),
    target('2-1', { name: '充电桩', lamp: { code: 'unscheduled', words: '未排节点' }, behind: 1 }),
  ],
  offices: [office('a', '王台街道'), office('b', '大场镇', { kind: 'town', kind_label: '镇', state: 'missing', state_label: '未报' }), office('c', '泊里镇', { kind: 'town', kind_label: '镇' })],
}
const codes = (targets: MatrixTarget[]) => targets.map(({ code }) => code)
const names = (offices: MatrixOffice[]) => offices.map(({ id }) => id)
const cell = (state: CellOrigin, figure = '', lamp: MatrixCell['lamp'] = null): MatrixCell => ({ state, figure, lamp })

describe('what is shown', () => {
  it('is everything, in the order of report and plan, until something is asked for', () => {
    expect(codes(targetsShown(matrix, everything))).toEqual(['1-1', '1-2', '2-1'])
    expect(names(officesShown(matrix, everything))).toEqual(['a', 'b', 'c'])
    expect(chaptersOf(matrix)).toEqual([{ value: '1', label: '第1篇' }, { value: '2', label: '第2篇' }])
  })

  it('follows chapter, lamp and kind; both greys are one', () => {
    expect(codes(targetsShown(matrix, { ...everything, chapter: '1' }))).toEqual(['1-1', '1-2'])
    expect(codes(targetsShown(matrix, { ...everything, lamp: 'grey' }))).toEqual(['2-1'])
    expect(names(officesShown(matrix, { ...everything, kind: 'town' }))).toEqual(['b', 'c'])
  })

  it('finds targets and offices by the same box, each leaving the other side whole', () => {
    const charging = { ...everything, search: ' 充电' }
    expect([codes(targetsShown(matrix, charging)), names(officesShown(matrix, charging))]).toEqual([['2-1'], ['a', 'b', 'c']])
    const town = { ...everything, search: '大场' }
    expect([codes(targetsShown(matrix, town)), names(officesShown(matrix, town))]).toEqual([['1-1', '1-2', '2-1'], ['b']])
    expect(codes(targetsShown(matrix, { ...everything, search: '没有这个' }))).toEqual([])
  })

  it('is sorted without touching what was read', () => {
    expect(codes(targetsShown(matrix, { ...everything, rows: 'behind' }))).toEqual(['1-2', '2-1', '1-1'])
    expect(codes(targetsShown(matrix, { ...everything, rows: 'coverage' }))[0]).toBe('1-2')
    expect(names(officesShown(matrix, { ...everything, columns: 'missing' }))).toEqual(['b', 'a', 'c'])
    const by = { office: 'b', name: '大场镇', codes: ['2-1', '1-1', '1-2'] }
    expect(codes(targetsShown(matrix, { ...everything, rows: 'office', by }))).toEqual(['2-1', '1-1', '1-2'])
    expect(codes(targetsShown(matrix, { ...everything, rows: 'office', by, chapter: '1' }))).toEqual(['1-1', '1-2'])
    expect(codes(matrix.targets)).toEqual(['1-1', '1-2', '2-1'])
  })
})

describe('what is drawn', () => {
  const lines = linesOf(matrix.targets, 'report')
  const tops = topsOf(lines)

  it('has headings only in the order of the report', () => {
    expect(lines.map((line) => ('target' in line ? line.target.code : line.heading))).toEqual(['第1篇', '1-1', '1-2', '第2篇', '2-1'])
    expect(linesOf(matrix.targets, 'behind')).toHaveLength(3)
    expect(tops.at(-1)).toBe(3 * LINE + 2 * HEADING)
  })

  it('is what lies in sight, to the pixel', () => {
    expect(linesBetween(tops, 0, 1)).toEqual({ from: 0, to: 1 })
    expect(linesBetween(tops, HEADING, HEADING + LINE)).toEqual({ from: 1, to: 2 })
    expect(linesBetween(tops, HEADING + LINE - 1, HEADING + LINE + 1)).toEqual({ from: 1, to: 3 })
    expect(linesBetween([0], 0, 500)).toEqual({ from: 0, to: 0 })
    expect(columnsBetween(2000, 100, 150_050, 150_450)).toEqual({ from: 1500, to: 1505 })
    expect(columnsBetween(3, 100, 900, 1500)).toEqual({ from: 3, to: 3 })
  })

  it('stays small however many targets there are', () => {
    const many = linesOf(Array.from({ length: 5000 }, (_, i) => target(`1-${i}`)), 'report')
    const { from, to } = linesBetween(topsOf(many), 100_000, 100_600)
    expect(to - from).toBeLessThan(15)
    expect(from).toBeGreaterThan(1900)
  })
})

describe('the keys', () => {
  const lines = linesOf(matrix.targets, 'report')
  const go = (line: number, column: number, key: string, ctrl = false) => moved({ line, column }, key, ctrl, lines, 3, 10)

  it('step over headings and stop at the edges', () => {
    expect(go(2, 0, 'ArrowDown')).toEqual({ line: 4, column: 0 })
    expect(go(4, 0, 'ArrowDown')).toEqual({ line: 4, column: 0 })
    expect(go(1, -1, 'ArrowLeft')).toEqual({ line: 1, column: -1 })
    expect(go(1, 2, 'ArrowRight')).toEqual({ line: 1, column: 2 })
    expect(go(1, 1, 'End', true)).toEqual({ line: 4, column: 2 })
    expect(go(4, 2, 'Home')).toEqual({ line: 4, column: -1 })
    expect(go(4, 2, 'PageUp')).toEqual({ line: 1, column: 2 })
    expect(go(1, 1, 'x')).toBeNull()
  })
})

describe('what is said of a cell', () => {
  const [first] = matrix.targets
  const [street] = matrix.offices
  const say = (shown: MatrixCell | undefined) => cellWords(first!, street!, shown)

  it('names office, target, figure with its unit, where it comes from and the lamp', () => {
    expect(say(cell('reported', '50', { code: 'yellow', words: '落后 3.0 点' }))).toBe('王台街道，目标1-1：50 个，落后 3.0 点')
    expect(say(cell('carried', '40'))).toBe('王台街道，目标1-1：40 个，上期数，只汇总不考核')
    expect(say(cell('returned', '40'))).toContain('40 个，退回，用上期数')
    expect(say(cell('returned'))).toContain('：退回')
    expect(say(cell('unreported', '', { code: 'unreported', words: '未报' }))).toBe('王台街道，目标1-1：未报')
    expect(say(cell('blank'))).toContain('不承担')
    expect(say(undefined)).toContain('正在读取')
  })

  it('has other words for every origin', () => {
    const all: CellOrigin[] = ['not_due', 'nil', 'carried', 'returned', 'not_applicable', 'not_issued', 'unfilled', 'unreported', 'blank', 'reported']
    expect(new Set(all.map((state) => say(cell(state, '0')))).size).toBe(all.length)
  })
})

it('puts what is missing or doubtful first among the offices behind a figure', () => {
  const part = (name: string, state: CellOrigin) => ({ office: name, name, quota: '', cell: cell(state) })
  const order = partsInOrder([part('a', 'reported'), part('b', 'unreported'), part('c', 'nil'), part('d', 'returned')])
  expect(order.map(({ name }) => name)).toEqual(['d', 'b', 'a', 'c'])
})

it('scrolls no further than needed to have a cell in sight', () => {
  const tops = [0, 30, 82, 134, 186]
  const box = { width: 250, height: 100, column: 100 }
  expect(inSight({ line: 2, column: 1 }, tops, { top: 60, left: 0 }, box)).toEqual({ top: 60, left: 0 })
  expect(inSight({ line: 3, column: 4 }, tops, { top: 0, left: 0 }, box)).toEqual({ top: 86, left: 250 })
  expect(inSight({ line: 1, column: 0 }, tops, { top: 86, left: 250 }, box)).toEqual({ top: 0, left: 0 })
  expect(inSight({ line: 3, column: -1 }, tops, { top: 86, left: 250 }, box)).toEqual({ top: 86, left: 250 })
})

it('says for whom a missing return is entered', () => {
  const office = { office: 'u05', name: '张家楼街道', begun: false }
  expect([standInFor(office), enterLabel(office)]).toEqual([{ office: 'u05', name: '张家楼街道' }, '代录 张家楼街道'])
  expect(enterLabel({ ...office, begun: true })).toBe('继续代录 张家楼街道')
  const own = { office: 'own', name: '本级', begun: false }
  expect([standInFor(own), enterLabel(own), enterLabel({ ...own, begun: true })]).toEqual([null, '填报 本级', '继续填报 本级'])
})
