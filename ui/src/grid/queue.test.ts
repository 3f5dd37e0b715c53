import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SaveQueue } from './queue'

const edit = (target: string, text: string) => ({ target, field: 'value', text })

/** A backend that answers when told to. */
function desk() {
  const calls: { edits: { target: string; text: string }[]; answer: (result: string) => void; fail: (why: unknown) => void }[] = []
  const heard: string[] = []
  const queue = new SaveQueue<string>(
    (edits) => new Promise((answer, fail) => calls.push({ edits: edits.map(({ target, text }) => ({ target, text })), answer, fail })),
    { saved: (result) => heard.push(`saved ${result}`), failed: (why) => heard.push(`failed ${why}`), state: (state) => heard.push(state) },
  )
  const sent = () => calls.map(({ edits }) => edits.map(({ target, text }) => `${target}=${text}`).join(' '))
  return { queue, calls, heard, sent }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('SaveQueue', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('saves at once, and one call at a time', async () => {
    const { queue, calls, sent, heard } = desk()
    queue.add([edit('a', '3')])
    expect(sent()).toEqual(['a=3'])
    queue.add([edit('a', '31')])
    queue.add([edit('b', '7')])
    queue.add([edit('a', '318')])
    expect(calls).toHaveLength(1)
    calls[0]!.answer('10:42')
    await settle()
    expect(sent()).toEqual(['a=3', 'b=7 a=318'])
    calls[1]!.answer('10:43')
    await settle()
    expect(heard).toEqual(['saving', 'saved 10:42', 'saving', 'saved 10:43', 'idle'])
    expect(queue.unsaved).toEqual([])
  })

  it('keeps what could not be saved, under what was typed since, and tries again', async () => {
    const { queue, calls, sent, heard } = desk()
    queue.add([edit('a', '1'), edit('b', '2')])
    queue.add([edit('b', '22')])
    expect(queue.unsaved.map(({ text }) => text)).toEqual(['1', '22'])
    calls[0]!.fail('full')
    await settle()
    expect(heard.slice(-2)).toEqual(['failed full', 'failed'])
    expect(queue.unsaved.map(({ text }) => text)).toEqual(['1', '22'])
    await vi.advanceTimersByTimeAsync(999)
    expect(calls).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(sent()[1]).toBe('a=1 b=22')
    calls[1]!.answer('10:44')
    await settle()
    expect(heard.at(-1)).toBe('idle')
    expect(queue.unsaved).toEqual([])
  })

  it('waits longer after every failure and goes on with the next key', async () => {
    const { queue, calls, sent } = desk()
    queue.add([edit('a', '1')])
    calls[0]!.fail('x')
    await vi.advanceTimersByTimeAsync(1000)
    calls[1]!.fail('x')
    await vi.advanceTimersByTimeAsync(1999)
    expect(calls).toHaveLength(2)
    queue.add([edit('c', '5')])
    expect(sent()[2]).toBe('a=1 c=5')
    // The wait that was under way has ended with it.
    await vi.advanceTimersByTimeAsync(60000)
    expect(calls).toHaveLength(3)
  })

  it('is flushed when nothing waits any more', async () => {
    const { queue, calls } = desk()
    queue.add([edit('a', '1')])
    queue.add([edit('a', '2')])
    let flushed = false
    void queue.flush().then(() => (flushed = true))
    calls[0]!.answer('1')
    await settle()
    expect(flushed).toBe(false)
    calls[1]!.answer('2')
    await settle()
    expect(flushed).toBe(true)
  })

  it('takes an edit that is made the moment it has nothing left to do', async () => {
    const sent: string[] = []
    const queue: SaveQueue<void> = new SaveQueue<void>(async (edits) => void sent.push(edits.map(({ text }) => text).join(' ')), {
      saved: () => {},
      failed: () => {},
      state: (state) => {
        if (state === 'idle' && sent.length < 3) queue.add([edit('a', `${sent.length + 1}`)])
      },
    })
    queue.add([edit('a', '1')])
    await settle()
    expect(sent).toEqual(['1', '2', '3'])
  })

  it('sends what waits beside the call under way when the window closes', () => {
    const { queue, sent } = desk()
    queue.last()
    queue.add([edit('a', '1')])
    queue.add([edit('a', '12')])
    queue.last()
    expect(sent()).toEqual(['a=1', 'a=12'])
  })
})
