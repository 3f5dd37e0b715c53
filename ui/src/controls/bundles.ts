import type { FoundBundle } from '../backend/generated/FoundBundle'
import type { Place } from '../backend/generated/Place'

/** Returns the bundle to have selected: the one that was, else the only one there is. */
export function selectedAmong(found: readonly FoundBundle[], before: number | null): number | null {
  if (before !== null && found.some(({ id }) => id === before)) return before
  return before === null && found.length === 1 ? found[0]!.id : null
}

/** Says where a bundle lies: `优盘 KINGSTON (E:)，文件夹“2024”`. */
export function whereIs({ place, folder }: Pick<FoundBundle, 'place' | 'folder'>, places: readonly Place[]): string {
  const label = places.find(({ id }) => id === place)?.label ?? ''
  if (folder === '') return label
  return label === '' ? `文件夹“${folder}”` : `${label}，文件夹“${folder}”`
}
