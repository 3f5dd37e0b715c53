import type { Progress } from '../../../backend/progress'
import type { Issuing } from '../../../backend/generated/Issuing'
import type { ReceiptFor } from '../../../backend/generated/ReceiptFor'

/** Says whether the plan goes out unless one decides otherwise: where it was never issued, or was changed. */
export const planWanted = ({ version, changed, trouble }: Pick<Issuing, 'version' | 'changed' | 'trouble'>): boolean =>
  trouble === null && (version === 0 || changed)

/** Returns the offices that have something new to be told. */
export const withNews = (offices: readonly ReceiptFor[]): string[] => offices.filter(({ news }) => news).map(({ office }) => office)

/** Says in a line what would be written. */
export function orderWords(plan: boolean, receipts: number, { version, changed }: Pick<Issuing, 'version' | 'changed'>): string {
  const parts: string[] = []
  if (plan) parts.push(version === 0 ? '首次下达的方案' : changed ? `改动后的方案（第 ${version} 版之后的新一版）` : `方案第 ${version} 版`)
  if (receipts > 0) parts.push(`回执 ${receipts} 份`)
  return parts.length === 0 ? '还没有选要下达的内容。' : `将写入：${parts.join('，')}。`
}

/** Says what is still loose in a plan that would go out as a new version; empty where nothing is. */
export function looseWords({ version, changed, trouble, unassigned, uneven }: Pick<Issuing, 'version' | 'changed' | 'trouble' | 'unassigned' | 'uneven'>): string {
  if (trouble !== null || (version > 0 && !changed)) return ''
  const parts: string[] = []
  if (unassigned > 0) parts.push(`${unassigned} 项没有分解给任何单位，由本级填报`)
  if (uneven > 0) parts.push(`${uneven} 项的分解数加起来与全区数不符`)
  return parts.length === 0 ? '' : `${parts.join('；')}。`
}

/** Says how far the writing is. */
export function phaseWords({ done, total }: Pick<Progress, 'done' | 'total'>): string {
  if (total === 0) return '正在签名'
  const file = Math.min(Math.floor(done / 100) + 1, total / 100)
  return `正在写入并核对第 ${file} 个文件，共 ${total / 100} 个`
}

/** How many lines of a round's list a page of paper takes, names of two lines included. */
const LINES = 19

/** Parts a round's files into pages, each file with its number. */
export function pagesOf<File>(files: readonly File[]): { file: File; number: number }[][] {
  const lines = files.map((file, i) => ({ file, number: i + 1 }))
  const pages = Math.max(1, Math.ceil(lines.length / LINES))
  return Array.from({ length: pages }, (_, at) => lines.slice(at * LINES, (at + 1) * LINES))
}
