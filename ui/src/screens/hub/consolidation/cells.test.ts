import { expect, it } from 'vitest'
import type { MatrixWindow } from '../../../backend/generated/MatrixWindow'
import { Cells } from './cells.svelte'

/** Answers when it is told to. */
function desk() {
  const asked: { targets: string[]; offices: string[]; answer: () => void; fail: () => void }[] = []
  const read = (period: string, targets: string[], offices: string[]) =>
    new Promise<MatrixWindow>((resolve, reject) => {
      const rows = targets.map((target) => offices.map((office) => ({ state: 'reported' as const, figure: `${period} ${target} ${office}`, lamp: null })))
      asked.push({ targets, offices, answer: () => resolve({ rows }), fail: () => reject(new Error('no')) })
    })
  return { asked, cells: new Cells(read) }
}
const soon = () => new Promise((resolve) => setTimeout(resolve))

it('asks only for what it lacks, and of wishes meanwhile only for the last', async () => {
  const { asked, cells } = desk()
  cells.begin('2024-06')
  void cells.want(['1', '2'], ['a', 'b'])
  void cells.want(['8'], ['a'])
  void cells.want(['2', '3'], ['a', 'b'])
  asked[0]!.answer()
  await soon()
  expect(asked.slice(1).map(({ targets, offices }) => [targets, offices])).toEqual([[['3'], ['a', 'b']]])
  asked[1]!.answer()
  await soon()
  expect(cells.at('3', 'b')?.figure).toBe('2024-06 3 b')
  await cells.want(['1', '2', '3'], ['a', 'b'])
  expect(asked).toHaveLength(2)
})

it('never shows cells of the period before', async () => {
  const { asked, cells } = desk()
  cells.begin('2024-05')
  void cells.want(['1'], ['a'])
  cells.begin('2024-06')
  void cells.want(['1'], ['a'])
  asked[0]!.answer()
  await soon()
  expect(cells.at('1', 'a')).toBeUndefined()
  asked[1]!.answer()
  await soon()
  expect(cells.at('1', 'a')?.figure).toBe('2024-06 1 a')
})

it('says what failed, and goes on with the next wish', async () => {
  const { asked, cells } = desk()
  cells.begin('2024-06')
  void cells.want(['1'], ['a'])
  asked[0]!.fail()
  await soon()
  expect(cells.failure).not.toBeNull()
  void cells.want(['1'], ['a'])
  asked[1]!.answer()
  await soon()
  expect([cells.failure, cells.at('1', 'a')?.state]).toEqual([null, 'reported'])
})
