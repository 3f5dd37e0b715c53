import type { Strength } from '../backend/generated/Strength'

/** Says what is wrong with the second typing; nothing while it can still become the first. */
export function trouble(first: string, again: string): string {
  return first.startsWith(again) ? '' : '两次输入的不一样'
}

/** Says whether a new passphrase can be sent off. */
export function ready(first: string, again: string, strength: Strength | null): boolean {
  return first !== '' && first === again && strength !== null && strength.enough
}
