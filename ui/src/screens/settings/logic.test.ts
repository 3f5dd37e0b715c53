import { describe, expect, it } from 'vitest'
import { backupWords, contactChanged } from './logic'

it('says when a backup was last made', () => {
  expect(backupWords('')).toBe('还没有备份过')
  expect(backupWords('7月2日 10:42')).toBe('上次备份：7月2日 10:42')
})

describe('contactChanged', () => {
  const kept = { contact: '张海', telephone: '0532-1' }
  it('wants both, and something new', () => {
    expect(contactChanged(kept, kept)).toBe(false)
    expect(contactChanged({ ...kept, contact: ' 张海 ' }, kept)).toBe(false)
    expect(contactChanged({ ...kept, contact: '李' }, kept)).toBe(true)
    expect(contactChanged({ ...kept, telephone: '0532-2' }, kept)).toBe(true)
    expect(contactChanged({ contact: '李', telephone: ' ' }, kept)).toBe(false)
  })
})
