import { describe, expect, it } from 'vitest'
import { DIGITS, progress, read } from './fingerprint'

const forty = '0123456789'.repeat(4)
const groups = '01234 56789 01234 56789 01234 56789 01234 56789'

describe('read', () => {
  it.each([
    ['without spaces', forty],
    ['in groups', groups],
    ['with other separators', '01234-56789_01234.56789,01234、56789　01234/56789'],
    ['over two lines, as a paper has it', '01234 56789 01234 56789\r\n01234 56789 01234 56789\n'],
    ['full-width', [...groups].map((c) => (c === ' ' ? '　' : String.fromCharCode(c.charCodeAt(0) + 0xfee0))).join('')],
  ])('takes forty digits %s', (_, raw) => {
    expect(read(raw, raw.length)).toEqual({ text: groups, caret: groups.length, digits: forty, strangers: '' })
  })

  it('groups as one types, and leaves no space at the end', () => {
    expect(read('01234', 5)).toMatchObject({ text: '01234', caret: 5 })
    expect(read('012345', 6)).toMatchObject({ text: '01234 5', caret: 7 })
  })

  it('keeps the caret behind the digit it stood behind', () => {
    // 9 was typed behind the second digit of the first group
    expect(read('019234 56789', 3)).toMatchObject({ text: '01923 45678 9', caret: 3 })
    // the space was deleted backwards
    expect(read('0123456789', 5)).toMatchObject({ text: '01234 56789', caret: 5 })
    expect(read('', 0)).toMatchObject({ text: '', caret: 0 })
  })

  it('names what is no digit instead of guessing', () => {
    expect(read('O1234 l5', 8)).toMatchObject({ text: '12345', digits: '12345', strangers: 'Ol' })
    expect(read('指纹：01234', 8)).toMatchObject({ text: '01234', strangers: '指纹' })
  })

  it('drops no digit silently', () => {
    expect(read(forty + '7', 41).digits).toHaveLength(DIGITS + 1)
  })
})

describe('progress', () => {
  it('counts', () => {
    expect(progress({ digits: '0123', strangers: '' })).toBe('已输入 4/40 位')
    expect(progress({ digits: forty + '12', strangers: '' })).toBe('多了 2 位，应为 40 位')
    expect(progress({ digits: '0', strangers: 'O' })).toBe('已输入 1/40 位；“O”不是数字，没有算进去')
  })
})
