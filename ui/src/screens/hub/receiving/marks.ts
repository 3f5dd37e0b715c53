import { SvelteMap } from 'svelte/reactivity'
import type { CellSentBack } from '../../../backend/generated/CellSentBack'

/** What is marked and not sent back yet, by the digest of the return; it outlives the screen, so that looking elsewhere loses nothing. */
const kept = new SvelteMap<string, CellSentBack[]>()

const none: CellSentBack[] = []

export const marksOf = (digest: string): CellSentBack[] => kept.get(digest) ?? none

export function keepMarks(digest: string, marks: CellSentBack[]): void {
  if (marks.length === 0) kept.delete(digest)
  else kept.set(digest, marks)
}
