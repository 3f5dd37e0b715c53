import { describe, expect, it } from 'vitest'
import { readTable, writeTable } from './tsv'

describe('readTable', () => {
  it.each<[string, string, string[][]]>([
    ['one cell', '318', [['318']]],
    ['one cell as Excel copies it', '318\r\n', [['318']]],
    ['nothing', '', [['']]],
    ['a block', '1\t2\r\n3\t4\r\n', [['1', '2'], ['3', '4']]],
    ['bare line feeds', '1\n2', [['1'], ['2']]],
    ['bare carriage returns', '1\r2\r', [['1'], ['2']]],
    ['empty cells', '\t1\n2\t\n', [['', '1'], ['2', '']]],
    ['empty rows between', '1\r\n\r\n3\r\n', [['1'], [''], ['3']]],
    ['rows of different lengths', '1\n2\t3', [['1'], ['2', '3']]],
    ['quotes around a line end', '"一\n二"\t3', [['一\n二', '3']]],
    ['quotes around a tab', '"1\t2"\t3\r\n', [['1\t2', '3']]],
    ['doubled quotes', '"他说""好"""\t1', [['他说"好"', '1']]],
    ['a quote that closes nothing', '"未完\t1', [['"未完', '1']]],
    ['a quote within', '12"屏\t1', [['12"屏', '1']]],
    ['a quoted word with more behind it', '"甲"乙\t1', [['"甲"乙', '1']]],
    ['an empty quoted cell', '""\t1', [['', '1']]],
  ])('%s', (_, text, rows) => {
    expect(readTable(text)).toEqual(rows)
  })
})

describe('writeTable', () => {
  it('writes what it reads', () => {
    const rows = [
      ['318', '', '推进中'],
      ['a\tb', 'c\nd', '"e" f'],
    ]
    expect(readTable(writeTable(rows))).toEqual(rows)
  })
  it('leaves plain cells without quotes', () => {
    expect(writeTable([['1,234', '5"'], ['2', '']])).toBe('1,234\t5"\r\n2\t')
  })
})
