import type { JudgedReturn } from '../../backend/generated/JudgedReturn'
import type { Mood } from '../../backend/generated/Mood'
import type { ReceivedFile } from '../../backend/generated/ReceivedFile'
import type { ReturnedCellView } from '../../backend/generated/ReturnedCellView'

/** Returns the shape and colour of a lamp for how good something is. */
export function lampOf(mood: Mood): string {
  return { good: 'done', info: 'unreported', warning: 'yellow', error: 'red' }[mood]
}

/** Files that say something, and those that are no business of this unit, such as the receipts of others. */
export function sorted(files: readonly ReceivedFile[]): { telling: ReceivedFile[]; quiet: ReceivedFile[] } {
  // What went wrong first, then what wants attention, then what is well.
  const rank: Record<Mood, number> = { error: 0, warning: 1, good: 2, info: 3 }
  const ordered = [...files].sort((one, other) => rank[one.mood] - rank[other.mood])
  return { telling: ordered.filter((file) => file.mood !== 'info'), quiet: ordered.filter((file) => file.mood === 'info') }
}

/** Says in a sentence what an import came to. */
export function outcomeOf(files: readonly ReceivedFile[]): string {
  if (files.length === 0) return '没有找到发给本单位的文件。请插上汇总单位给的优盘再导入，或用“选择文件…”指明。'
  return sorted(files).telling.length === 0 ? '没有新的回执：找到的文件以前都导入过，或不是给本单位的。' : ''
}

/** Parts the returns into those that matter now and those that a later one has taken care of. */
export function parted(returns: readonly JudgedReturn[]): { present: JudgedReturn[]; past: JudgedReturn[] } {
  const waits = (seq: number) => returns.some((other) => other.seq === seq && other.verdict === 'unknown')
  const matters = ({ replaced_by: by, cells }: JudgedReturn) => by === null || (cells.length > 0 && waits(by))
  return { present: returns.filter(matters), past: returns.filter((one) => !matters(one)) }
}

/** Cells that are still to be mended: those of a return that nothing has replaced and which still stand as they were sent back. */
export function toMend(returns: readonly JudgedReturn[]): number {
  const open = returns.filter((one) => one.replaced_by === null)
  return open.reduce((sum, one) => sum + one.cells.filter((cell) => !cell.touched).length, 0)
}

/** Whether all that came back of a return has been changed, so that it can be sent anew. */
export const isMended = ({ replaced_by: by, cells }: JudgedReturn) => by === null && cells.length > 0 && cells.every((cell) => cell.touched)

/** Says what became of a cell that was sent back. */
export function mendedWords(cell: ReturnedCellView, replacedBy: number | null): string {
  if (cell.touched) return replacedBy === null ? '已改，还没有重新报送' : `已用第 ${replacedBy} 号更正`
  return replacedBy === null ? '待改正' : `第 ${replacedBy} 号里没有改`
}

/** Names numbers in words: `第 3、5 号`. */
export const numbersOf = (numbers: readonly number[]) => `第 ${numbers.join('、')} 号`
