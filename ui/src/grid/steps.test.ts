import { describe, expect, it } from 'vitest'
import { Steps } from './steps'

const change = (target: string, before: string, after: string) => ({ target, field: 'value', before, after })
const put = (target: string, text: string) => ({ target, field: 'value', text })

describe('Steps', () => {
  it('undoes and redoes, a block in one step', () => {
    const steps = new Steps()
    steps.push([change('a', '', '1')])
    steps.push([change('a', '1', '2'), change('b', '', '3')])
    expect(steps.undo()).toEqual([put('a', '1'), put('b', '')])
    expect(steps.undo()).toEqual([put('a', '')])
    expect(steps.undo()).toBeNull()
    expect(steps.redo()).toEqual([put('a', '1')])
    expect(steps.redo()).toEqual([put('a', '2'), put('b', '3')])
    expect(steps.redo()).toBeNull()
  })
  it('keeps nothing that changes nothing', () => {
    const steps = new Steps()
    steps.push([change('a', '1', '1')])
    expect(steps.undo()).toBeNull()
    steps.push([change('a', '1', '1'), change('b', '1', '2')])
    expect(steps.undo()).toEqual([put('b', '1')])
  })
  it('forgets what was undone once something new is done', () => {
    const steps = new Steps()
    steps.push([change('a', '', '1')])
    steps.undo()
    steps.push([change('b', '', '2')])
    expect(steps.redo()).toBeNull()
    expect(steps.undo()).toEqual([put('b', '')])
  })
  it('keeps the last two hundred', () => {
    const steps = new Steps()
    for (let i = 0; i < 250; i += 1) steps.push([change('a', `${i}`, `${i + 1}`)])
    let undone = 0
    while (steps.undo() !== null) undone += 1
    expect(undone).toBe(200)
  })
})
