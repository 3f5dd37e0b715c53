import type { CellState } from '../backend/generated/CellState'
import type { FindingView } from '../backend/generated/FindingView'
import type { Row } from '../backend/generated/Row'
import type { Standing } from '../backend/generated/Standing'

/** The line under a target's name. */
export interface Subline {
  mood: 'returned' | 'error' | 'warning' | 'quiet'
  text: string
}

/** What the line under the name depends on. */
export interface Under {
  row: Pick<Row, 'boxes' | 'frequency' | 'due' | 'judged' | 'stages' | 'replaced'>
  standing: Pick<Standing, 'state'>
  findings: readonly FindingView[]
  returned: { reason: string; mended: boolean } | null
  notApplicable: string
  /** What stands in the boxes now, and what was computed of it. */
  stands: readonly string[]
}

/** Returns the figure that a correction replaces; none where it is the same. */
export function replacedBy(replaced: string | null, stands: readonly string[]): string | null {
  const plain = (text: string) => text.replace(/[,，\s]/g, '')
  return replaced === null || stands.some((text) => plain(text) === plain(replaced)) ? null : replaced
}

/** Says the one thing that matters most about a row; there is always a line, so that nothing moves when it changes. */
export function subline({ row, standing, findings, returned, notApplicable, stands }: Under): Subline {
  if (returned !== null && !returned.mended) return { mood: 'returned', text: `退回：${returned.reason}` }
  // 未填 says itself in the box.
  const told = standing.state === 'empty' ? [] : findings
  const error = told.find((finding) => finding.error)
  if (error !== undefined) return { mood: 'error', text: error.message.what }
  const warning = told.find((finding) => !finding.explained)
  if (warning !== undefined) return { mood: 'warning', text: warning.message.what }
  if (notApplicable !== '') return { mood: 'quiet', text: `不适用：${notApplicable}` }
  if (told.length > 0) return { mood: 'quiet', text: `已说明 · ${told[0]!.message.what}` }
  if (returned !== null) return { mood: 'quiet', text: `已改正 · 退回原因：${returned.reason}` }
  return { mood: 'quiet', text: asked(row, replacedBy(row.replaced, stands)) }
}

/** Says what the boxes ask for: `今年累计 ／ 上年同期 · 每季`. */
function asked({ boxes, frequency, due, judged, stages }: Under['row'], replaced: string | null): string {
  // Three names fit in the line only where they are short.
  const labels = boxes.length > 2 ? boxes.map(({ label }) => label.replace(/累计$|同期$/, '')).join('／') : boxes.map(({ label }) => label).join(' ／ ')
  const planned = [...stages].reverse().find(({ month }) => month !== null)
  const parts = [planned === undefined ? labels : `计划 ${planned.month} ${planned.name}`]
  if (!due) parts.push(`${frequency}，本期不报`)
  else if (frequency !== '每月') parts.push(frequency)
  if (!judged) parts.push('只汇总不考核')
  if (replaced !== null) parts.push(`原值 ${replaced}`)
  return parts.join(' · ')
}

/** What an empty box says, so that the four states are told apart without colour. */
export function placeholder(nil: boolean, notApplicable: boolean, due: boolean, state: CellState = 'empty'): string {
  // What was added to the plan after the return that stands is no part of it.
  if (due && state === 'not_issued') return '未下达'
  if (nil) return '零报告'
  if (notApplicable) return '不适用'
  return due ? '未填' : '本期不报'
}

/** Says what was done with a paste. */
export function pastedWords({ edits, refused, skipped }: { edits: readonly unknown[]; refused: readonly unknown[]; skipped: number }): string {
  const parts = [edits.length > 0 ? `已填入 ${edits.length} 格` : refused.length > 0 ? `${refused.length} 格都没有填入` : '没有填入']
  if (edits.length > 0 && refused.length > 0) parts.push(`${refused.length} 格没有填入`)
  if (skipped > 0) parts.push(`${skipped} 个空格跳过，原来的数没有动`)
  return parts.join('，')
}

/** Says how far a text is from its limit; nothing while there is room. */
export function room(text: string, limit: number): string {
  const chars = [...text].length
  if (chars > limit) return `超出 ${chars - limit} 字，最多 ${limit} 字`
  return chars >= limit * 0.8 ? `还可写 ${limit - chars} 字` : ''
}

type Heading = { chapter_code: string; chapter: string; section: string }

/** Writes the name of a chapter: `五 精准推进更新建设`; the one before the first has no number. */
export const chapterTitle = ({ chapter_code, chapter }: Omit<Heading, 'section'>) => `${chapter_code} ${chapter}`.trim()

/** Writes the heading of a section: `五 精准推进更新建设 · 精细提升城市管理水平`. */
export function sectionTitle({ section, ...of }: Heading): string {
  return section === '' || section === of.chapter ? chapterTitle(of) : `${chapterTitle(of)} · ${section}`
}

/** Says why a row has no lamp. */
export function unlit(due: boolean, state: CellState): string {
  if (!due) return '本期不报'
  return state === 'not_issued' ? '未下达' : '不亮灯'
}

/** Says whether a figure or a stage wants more room than its column has in the usual size: more than seven digits, an ideograph being two. */
export function isWide(text: string): boolean {
  let digits = 0
  for (const character of text) digits += character.codePointAt(0)! > 0x2e7f ? 2 : 1
  return digits > 7
}
