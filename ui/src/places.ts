/** A place of the office's rail. */
export type PlaceName = 'home' | 'entry' | 'checks' | 'sending' | 'receipts' | 'analysis' | 'settings'

export interface Place {
  name: PlaceName
  label: string
  /** What the rail shows where there is no room for the label. */
  short: string
}

/** The office's places, in the order of its month. */
export const officePlaces: readonly Place[] = [
  { name: 'home', label: '首页', short: '首' },
  { name: 'entry', label: '填报', short: '填' },
  { name: 'checks', label: '审核', short: '审' },
  { name: 'sending', label: '报送', short: '报' },
  { name: 'receipts', label: '回执', short: '回' },
  { name: 'analysis', label: '分析', short: '分' },
  { name: 'settings', label: '设置', short: '设' },
]

/** What a jump carries along, such as the cell that a finding is about. */
export interface Detail {
  /** Code of the target to select. */
  target?: string
  /** Code of the box within the target's row. */
  field?: string
  /** Number of a bundle, such as one that is to be copied again. */
  seq?: number
}

interface Press {
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  code: string
}

/** Returns the place that Alt and a digit lead to; the digit counts places from the top. */
export function placeOfPress(press: Press, places: readonly Place[]): Place | undefined {
  if (!press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return undefined
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)
  return digit ? places[Number(digit[1]) - 1] : undefined
}

/** Returns the place of that name, if the rail has it. */
export function placeNamed(name: string, places: readonly Place[]): Place | undefined {
  return places.find((place) => place.name === name)
}
