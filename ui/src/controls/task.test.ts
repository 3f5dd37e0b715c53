import { describe, expect, it } from 'vitest'
import { Task } from './task.svelte'
import { LongWork } from './work.svelte'

const failure = { code: 'lost', what: '没有写成', next: '再试一次' }

/** Work that ends when it is told to. */
function pending() {
  let end = (_: boolean) => {}
  const work = new Promise<void>((resolve, reject) => (end = (good) => (good ? resolve() : reject(failure))))
  return { work: () => work, end: (good: boolean) => end(good) }
}

describe('a task', () => {
  it('is busy while it lasts, and takes no other meanwhile', async () => {
    const task = new Task()
    const first = pending()
    const running = task.run(first.work)
    expect(task.busy).toBe(true)
    expect(await task.run(async () => {})).toBe(false)
    first.end(true)
    expect(await running).toBe(true)
    expect([task.busy, task.failure]).toEqual([false, null])
  })
  it('keeps its failure until it is done again or put away', async () => {
    const task = new Task()
    expect(await task.run(() => Promise.reject(failure))).toBe(false)
    expect([task.busy, task.failure?.code]).toEqual([false, 'lost'])
    const again = task.run(async () => {})
    expect(task.failure).toBeNull()
    await again
    await task.run(() => Promise.reject(failure))
    task.clear()
    expect(task.failure).toBeNull()
  })
})

describe('long work', () => {
  class Counting extends LongWork {
    ended = 0
    run = (work: () => Promise<void>) =>
      this.go(async (heard) => {
        heard({ done: 1, total: 4, what: '' })
        await work()
        this.ended += 1
      })
    forget() {
      this.ended = 0
    }
  }

  it('shows how far it is, one at a time', async () => {
    const counting = new Counting()
    const first = pending()
    const running = counting.run(first.work)
    expect([counting.running, counting.progress?.done]).toEqual([true, 1])
    expect(await counting.run(async () => {})).toBe(false)
    first.end(true)
    expect(await running).toBe(true)
    expect([counting.running, counting.ended]).toEqual([false, 1])
  })
  it('forgets what was another ledger\'s, but not while it goes on', async () => {
    const counting = new Counting()
    counting.belongTo('office')
    await counting.run(async () => {})
    counting.belongTo('office')
    expect(counting.ended).toBe(1)
    const second = pending()
    const running = counting.run(second.work)
    counting.belongTo('demonstration')
    expect(counting.ended).toBe(1)
    second.end(false)
    expect([await running, counting.failure?.code]).toEqual([false, 'lost'])
    counting.belongTo('office')
    expect([counting.ended, counting.failure]).toEqual([0, null])
  })
})
