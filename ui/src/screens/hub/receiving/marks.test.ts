import { expect, it } from 'vitest'
import { keepMarks, marksOf } from './marks'

it('marks stay with their return until they are sent back or given up', () => {
  const mark = { target: '1-1-01', field: 'actual', reason: '与纸件不符' }
  keepMarks('aa', [mark])
  expect(marksOf('aa')).toEqual([mark])
  expect(marksOf('bb')).toEqual([])
  keepMarks('aa', [])
  expect(marksOf('aa')).toEqual([])
})
