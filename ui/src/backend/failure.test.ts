import { describe, expect, it } from 'vitest'
import { Failure, failureOf } from './failure'

describe('failureOf', () => {
  it("keeps the backend's own words", () => {
    const failure = failureOf({ code: 'wrong_passphrase', what: '口令不对。', next: '请重新输入。' })
    expect(failure).toBeInstanceOf(Failure)
    expect(failure).toMatchObject({ code: 'wrong_passphrase', what: '口令不对。', next: '请重新输入。', message: '口令不对。' })
  })
  it('passes a Failure through', () => {
    const failure = new Failure('a', '甲', '')
    expect(failureOf(failure)).toBe(failure)
  })
  it.each([[new Error('boom')], ['missing required key'], [undefined], [null], [42], [{ code: 1, what: '甲', next: '' }], [{ code: 'a', what: '甲' }]])(
    'says a Chinese sentence for %j',
    (thrown) => {
      const failure = failureOf(thrown)
      expect(failure.code).toBe('unexpected')
      expect(failure.what).toMatch(/没有完成。$/)
      expect(failure.next).not.toBe('')
      expect(failure.cause).toBe(thrown)
    },
  )
})
