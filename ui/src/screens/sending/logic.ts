import type { Failure } from '../../backend/failure'
import type { SentBundle } from '../../backend/generated/SentBundle'
import type { Sending } from '../../backend/generated/Sending'
import type { SlipChapter } from '../../backend/generated/SlipChapter'
import type { SlipRow } from '../../backend/generated/SlipRow'
import type { Progress } from '../../backend/progress'
import type { Names } from '../../backend/sending'
import { returnSteps, type PlaceName } from '../../places'

/** What there is to do: sign anew, copy what is signed, or mend something first. */
export type Task = { kind: 'blocked' } | { kind: 'sign' } | { kind: 'copy'; bundle: SentBundle }

/** What the user chose instead of what suggests itself: to sign anew, or a bundle by its digest. */
export type Choice = 'sign' | { digest: string } | null

/** Returns what there is to do. A bundle that was chosen goes before everything; its copy needs no mending. */
export function taskOf(view: Sending, choice: Choice): Task {
  const chosen = typeof choice === 'object' && choice !== null ? bundleOf(view, choice.digest) : undefined
  if (chosen !== undefined) return { kind: 'copy', bundle: chosen }
  if (view.refused !== null) return { kind: 'blocked' }
  const current = view.current === null ? undefined : bundleOf(view, view.current)
  return current === undefined || choice === 'sign' ? { kind: 'sign' } : { kind: 'copy', bundle: current }
}

export const bundleOf = (view: Sending, digest: string) => view.sent.find((bundle) => bundle.digest === digest && bundle.kept)

/** Returns the place where what keeps a hub from signing is mended; a hub has no receipts and enrols nobody of its own. */
export function mendOf(place: string | null): { name: PlaceName; label: string } | undefined {
  return [...returnSteps, { name: 'receiving' as const, label: '接收' }].find(({ name }) => name === place)
}

/** The boxes of the form. */
export type Box = keyof Names | 'passphrase' | 'place'

/** Says box by box what is still to be typed, in the order of the form; `place` is left out where it goes nowhere. */
export function lacking(names: Names, passphrase: string, place?: number | null): Partial<Record<Box, string>> {
  const found: Partial<Record<Box, string>> = {}
  if (names.filledBy.trim() === '') found.filledBy = '请写填报人的姓名'
  if (names.checkedBy.trim() === '') found.checkedBy = '请写审核人的姓名'
  if (names.issuedBy.trim() === '') found.issuedBy = '请写签发人的姓名'
  if (passphrase === '') found.passphrase = '请输入口令'
  if (place === null) found.place = '请选择写到哪里'
  return found
}

/** Says what is going on: the first half of the bytes is written, the second read back. */
export function phaseOf({ done, total }: Pick<Progress, 'done' | 'total'>): string {
  if (total === 0) return '正在签名…'
  return done * 2 < total ? '正在写入，请不要拔出优盘…' : '正在读回核对，请不要拔出优盘…'
}

/** Writes how much is done in percent, never 100 before the end. */
export function percentOf({ done, total }: Pick<Progress, 'done' | 'total'>): string {
  return total === 0 ? '' : `${Math.floor((done / total) * 100)}%`
}

/** Says that what was signed is safe, after a delivery that came to nothing. */
export function keptWords(failure: Pick<Failure, 'code'>, current: SentBundle | undefined): string {
  if (current === undefined) return ''
  const file = failure.code === 'cancelled' ? '优盘上没有留下文件。' : ''
  return `${file}第 ${current.seq} 号已经签名存档，再拷一份就行，不会产生新的号。`
}

/** A remark longer than this goes below the table, so that no row is taller than a page. */
export const longest = 90

/** A row of the slip, with the number of its note where its remark is long. */
export interface NumberedRow extends SlipRow {
  number: number
  note: number | null
}

/** A line of the slip's table: the title of a chapter, or a row. */
export type Line = { chapter: string } | NumberedRow

/** Numbers the rows through all chapters and sets long remarks aside as notes, in order. */
export function numbered(chapters: readonly SlipChapter[]): { lines: Line[]; notes: NumberedRow[]; count: number } {
  const lines: Line[] = []
  const notes: NumberedRow[] = []
  let number = 0
  for (const { title, rows } of chapters) {
    lines.push({ chapter: title })
    for (const row of rows) {
      const one: NumberedRow = { ...row, number: ++number, note: row.remark.length > longest ? notes.length + 1 : null }
      if (one.note !== null) notes.push(one)
      lines.push(one)
    }
  }
  return { lines, notes, count: number }
}

/**
 * What a sheet of A4 holds, in millimetres: 178 × 261 between its margins, less a fifteenth by which WebKitGTK prints
 * everything larger, less what a printer may want for its own.
 */
export const sheet = { width: 166, height: 226 }

/**
 * Returns the lines with which a new page begins. WebKitGTK cuts rows and repeats no heads, so pages are parted here.
 * A chapter's title stays with its first row; `first` is what the first page has room for, `rest` every other. Where what
 * follows the table (`tail`) has no room under it, two rows go along: signatures alone on a page could belong to anything.
 */
export function breaksOf(lines: readonly { height: number; chapter: boolean }[], first: number, rest: number, tail = 0): number[] {
  const breaks: number[] = []
  let room = first
  for (let at = 0; at < lines.length; at++) {
    const { height, chapter } = lines[at]!
    const needed = chapter ? height + (lines[at + 1]?.height ?? 0) : height
    const kept = at > 0 && lines[at - 1]!.chapter
    if (needed > room && at > 0 && !kept) {
      breaks.push(at)
      room = rest
    }
    room -= height
  }
  if (tail > room) {
    let at = lines.length
    for (let rows = 0; at > 0 && rows < 2; ) if (!lines[--at]!.chapter) rows++
    if (lines[at - 1]?.chapter === true) at--
    const moved = lines.slice(at).reduce((sum, { height }) => sum + height, 0)
    if (at > (breaks.at(-1) ?? 0) && moved + tail <= rest) breaks.push(at)
  }
  return breaks
}

/** Parts lines at their breaks. */
export function pagesOf<T>(lines: readonly T[], breaks: readonly number[]): T[][] {
  const starts = [0, ...breaks]
  return starts.map((start, at) => lines.slice(start, starts[at + 1]))
}

/** Writes a digest in groups of eight, as one reads it out. */
export const grouped = (digest: string) => digest.replace(/(.{8})(?=.)/g, '$1 ')
