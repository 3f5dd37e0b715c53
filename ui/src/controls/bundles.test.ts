import { describe, expect, it } from 'vitest'
import type { FoundBundle } from '../backend/generated/FoundBundle'
import type { Place } from '../backend/generated/Place'
import { selectedAmong, whereIs } from './bundles'

const bundle = (id: number, folder = '') => ({ id, place: 1, folder }) as FoundBundle

describe('selectedAmong', () => {
  it('selects the only bundle, keeps the selection, and replaces it by nothing', () => {
    expect(selectedAmong([bundle(4)], null)).toBe(4)
    expect(selectedAmong([bundle(4), bundle(5)], null)).toBeNull()
    expect(selectedAmong([bundle(4), bundle(5)], 5)).toBe(5)
    expect(selectedAmong([bundle(4)], 5)).toBeNull()
  })
})

it('says where a bundle lies', () => {
  const places = [{ id: 1, label: '优盘 甲' }] as Place[]
  expect(whereIs(bundle(1), places)).toBe('优盘 甲')
  expect(whereIs(bundle(1, '2024'), places)).toBe('优盘 甲，文件夹“2024”')
  expect(whereIs(bundle(1, '2024'), [])).toBe('文件夹“2024”')
})
