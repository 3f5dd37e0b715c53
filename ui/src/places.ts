import type { Role } from './session.svelte'

/** A place of the office's rail. */
export type OfficePlace = 'home' | 'entry' | 'checks' | 'sending' | 'receipts' | 'analysis' | 'settings'

/** A place of the hub's rail. */
export type HubPlace = 'overview' | 'targets' | 'offices' | 'receiving' | 'consolidation' | 'upward' | 'bulletin' | 'issuing' | 'settings'

export type PlaceName = OfficePlace | HubPlace

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

/** The hub's places. */
export const hubPlaces: readonly Place[] = [
  { name: 'overview', label: '总览', short: '总' },
  { name: 'targets', label: '目标', short: '目' },
  { name: 'offices', label: '单位', short: '单' },
  { name: 'receiving', label: '接收', short: '收' },
  { name: 'consolidation', label: '汇总', short: '汇' },
  { name: 'bulletin', label: '通报', short: '通' },
  { name: 'issuing', label: '下达', short: '下' },
  { name: 'settings', label: '设置', short: '设' },
]

/** Id of 本级. */
export const OWN = 'own'

/** An office for which a hub enters the return: 代录. */
export interface StandIn {
  /** Its id. */
  office: string
  name: string
}

/** What a jump carries along, such as the cell that a finding is about. */
export interface Detail {
  /** Code of the target to select. */
  target?: string
  /** Code of the box within the target's row. */
  field?: string
  /** Number of a bundle, such as one that is to be copied again. */
  seq?: number
  /** Id of the office to select. */
  office?: string
  /** The office whose return is entered for it; null for 本级's own. */
  standIn?: StandIn | null
  /** Whether enrolments are to be admitted. */
  admit?: boolean
  /** Code of the chapter to show alone. */
  chapter?: string
  /** Digest of the return to open in 接收. */
  digest?: string
}

/** The office's screens in which a hub reports for 本级; they lie under 汇总. */
const ownReturn: readonly PlaceName[] = ['entry', 'checks', 'sending']

/** Whether a place is one of the three in which a return is filled in, checked and signed. */
export const isOfReturn = (place: PlaceName): boolean => ownReturn.includes(place)

/** The three steps of a return that a hub enters. */
export const returnSteps: readonly { name: OfficePlace; label: string }[] = [
  { name: 'entry', label: '填报' },
  { name: 'checks', label: '审核' },
  { name: 'sending', label: '签发入账' },
]

/** Returns what a return's screen is called: the office's by its place, a hub's by whose return it is. */
export function returnTitle(place: OfficePlace, role: Role | null, standsIn: boolean): string {
  if (role !== 'hub') return officePlaces.find(({ name }) => name === place)?.label ?? ''
  return `${standsIn ? '代录' : '本级'}${returnSteps.find(({ name }) => name === place)?.label ?? ''}`
}

/** Returns the places of a role's rail. */
export const placesOf = (role: Role): readonly Place[] => (role === 'hub' ? hubPlaces : officePlaces)

/** Returns where a role begins. */
export const firstPlace = (role: Role): PlaceName => (role === 'hub' ? 'overview' : 'home')

/** Returns the folder of a place's screen. */
export const folderOf = (role: Role, place: PlaceName): string =>
  role === 'hub' && !ownReturn.includes(place) ? `hub/${place}` : place

/** Returns the place that the rail marks while another is shown: what leaves for the hub above lies under 汇总 too. */
export const markedPlace = (role: Role, place: PlaceName): PlaceName =>
  role === 'hub' && (place === 'upward' || ownReturn.includes(place)) ? 'consolidation' : place

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
