import { describe, expect, it } from 'vitest'
import { place, read, type Target } from './paste'
import type { Line } from './shape'
import { readTable } from './tsv'

const lines: Line[] = [
  { target: 'roads', fields: ['value'] },
  { target: 'growth', fields: ['current', 'base'] },
  { target: 'hospital', fields: ['stage'] },
  { target: 'closed', fields: ['value'] },
]
const stages = ['未开始', '开工', '主体封顶']
const know = ({ target, field }: { target: string; field: string }): Target => ({
  name: `目标${target}`,
  box: field,
  unit: '个',
  stages: target === 'hospital' ? stages : [],
  locked: target === 'closed' ? '这一项填了不适用' : '',
})
const paste = (text: string, row = 0, col = 0) => place(readTable(text), lines, { row, col }, know)

describe('place', () => {
  it('lays a column over the rows, as shown', () => {
    const { edits, refused } = paste('1\r\n3.42\r\n开工\r\n')
    expect(edits).toEqual([
      { target: 'roads', field: 'value', text: '1' },
      { target: 'growth', field: 'current', text: '3.42' },
      { target: 'hospital', field: 'stage', text: '开工' },
    ])
    expect(refused).toEqual([])
  })

  it('takes what fits and refuses the rest cell by cell', () => {
    const { edits, refused } = paste('1\t9\n3.42\t3.05\n封顶\n4\n5\t6')
    expect(edits.map(({ text }) => text)).toEqual(['1', '3.42', '3.05'])
    expect(refused.map(({ at, text, why }) => [at?.target, text, why])).toEqual([
      ['roads', '9', '这一行没有第 2 格'],
      ['hospital', '封顶', '没有这个节点，可填：未开始、开工、主体封顶'],
      ['closed', '4', '这一项填了不适用'],
      [undefined, '5', '表格到这里已没有行了'],
      [undefined, '6', '表格到这里已没有行了'],
    ])
    expect(refused[1]).toMatchObject({ name: '目标hospital', box: 'stage' })
  })

  it('starts at the selected box', () => {
    expect(paste('3.05', 1, 1).edits).toEqual([{ target: 'growth', field: 'base', text: '3.05' }])
    expect(paste('7', 0, 1)).toMatchObject({ edits: [], refused: [{ at: { target: 'roads' }, why: '这一行没有第 2 格' }] })
  })

  it('leaves boxes alone where a cell is empty', () => {
    const pasted = paste('\n 　\t7\n')
    expect(pasted.edits).toEqual([{ target: 'growth', field: 'base', text: '7' }])
    expect(pasted.refused).toEqual([])
    expect(pasted.skipped).toBe(2)
  })
})

describe('read', () => {
  const amount: Target = { name: '', box: '', unit: '个', stages: [], locked: '' }
  const rate: Target = { ...amount, unit: '%' }

  it.each(['318', '1,234', '１，２３４．５', '+3', '-0.4', '−5', '007', '123456789012345678', '0.000001', '1,234,567.80'])('takes %s', (text) => {
    expect(read(text, amount)).toEqual({ text })
  })

  it.each([
    ['12%', '带百分号；这一格填数（个），不填百分比'],
    ['12万', '带“万”字；请换算成以“个”为单位的数，只填数字'],
    ['3.2亿元', '带“亿”字；请换算成以“个”为单位的数，只填数字'],
    ['-', '只有横线；是 0 请填 0，没有数就空着'],
    ['——', '只有横线；是 0 请填 0，没有数就空着'],
    ['#DIV/0!', '是表格里的错误值，请先在表格里改正'],
    ['12个', '数字里夹着别的字，请只留数字'],
    ['1,23', '数字里夹着别的字，请只留数字'],
    ['(12)', '数字里夹着别的字，请只留数字'],
    ['2024-03', '数字里夹着别的字，请只留数字'],
    ['新增充电桩', '不是数字'],
    ['0.1234567', '小数超过 6 位'],
    ['1234567890123456789', '超过 18 位数字'],
    ['1234567890123.123456', '超过 18 位数字'],
  ])('refuses %s', (text, why) => {
    expect(read(text, amount)).toEqual({ why })
  })

  it('takes a percent sign where a rate is asked for', () => {
    expect(read('7.5%', rate)).toEqual({ text: '7.5' })
    expect(read('７．５％', rate)).toEqual({ text: '7.5' })
    expect(read('7.5%%', rate)).toEqual({ why: '带百分号；这一格填数，不填百分比' })
  })

  it.each([
    ['开工', '开工'],
    ['2', '开工'],
    ['３', '主体封顶'],
  ])('reads a stage from %s', (text, stage) => {
    expect(read(text, { ...amount, stages })).toEqual({ text: stage })
  })
})
