import { expect, it } from 'vitest'
import type { Strength } from '../backend/generated/Strength'
import { ready, trouble } from './passphrase'

const strength = (enough: boolean): Strength => ({ score: 2, word: '一般', advice: '再加一个词', enough })

it('says that the typings differ as soon as they cannot become the same', () => {
  expect(trouble('海风吹过', '')).toBe('')
  expect(trouble('海风吹过', '海风')).toBe('')
  expect(trouble('海风吹过', '海浪')).toBe('两次输入的不一样')
  expect(trouble('海风', '海风吹')).toBe('两次输入的不一样')
})

it('is ready when both are the same and strong enough', () => {
  expect(ready('海风', '海风', strength(true))).toBe(true)
  expect(ready('海风', '海', strength(true))).toBe(false)
  expect(ready('海风', '海风', strength(false))).toBe(false)
  expect(ready('海风', '海风', null)).toBe(false)
  expect(ready('', '', strength(true))).toBe(false)
})
