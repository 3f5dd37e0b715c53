import { describe, expect, it } from 'vitest'
import { folderOf, hubPlaces, markedPlace, officePlaces, placeNamed, placeOfPress, placesOf, returnTitle } from './places'

const press = { altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, code: 'Digit1' }

describe('placeOfPress', () => {
  it('counts the places from the top', () => {
    const reached = [1, 2, 3, 4, 5, 6, 7].map((n) => placeOfPress({ ...press, code: `Digit${n}` }, officePlaces)?.label)
    expect(reached).toEqual(['首页', '填报', '审核', '报送', '回执', '分析', '设置'])
  })
  it('takes the number pad too', () => {
    expect(placeOfPress({ ...press, code: 'Numpad3' }, officePlaces)?.name).toBe('checks')
  })
  it('leaves digits beyond the last place alone', () => {
    expect(placeOfPress({ ...press, code: 'Digit8' }, officePlaces)).toBeUndefined()
    expect(placeOfPress({ ...press, code: 'Digit0' }, officePlaces)).toBeUndefined()
  })
  it.each(['ctrlKey', 'metaKey', 'shiftKey'] as const)('leaves presses with %s alone', (key) => {
    expect(placeOfPress({ ...press, [key]: true }, officePlaces)).toBeUndefined()
  })
  it('wants Alt', () => {
    expect(placeOfPress({ ...press, altKey: false }, officePlaces)).toBeUndefined()
  })
})

describe('places', () => {
  it('are found by the names that steps carry', () => {
    expect(placeNamed('sending', officePlaces)?.label).toBe('报送')
    expect(placeNamed('nowhere', officePlaces)).toBeUndefined()
  })
  it('can be told apart in the narrow rail', () => {
    for (const places of [officePlaces, hubPlaces]) {
      expect(new Set(places.map((place) => place.short)).size).toBe(places.length)
    }
  })
})

describe('the hub', () => {
  it('has places of its own, in folders of its own', () => {
    expect(placesOf('hub').map((place) => place.label)).toEqual(['总览', '目标', '单位', '接收', '汇总', '通报', '下达', '设置'])
    expect(folderOf('hub', 'settings')).toBe('hub/settings')
    expect(folderOf('office', 'settings')).toBe('settings')
  })
  it("reports for 本级 on the office's screens, under 汇总", () => {
    expect(folderOf('hub', 'entry')).toBe('entry')
    expect(markedPlace('hub', 'sending')).toBe('consolidation')
    expect(markedPlace('office', 'sending')).toBe('sending')
    expect(markedPlace('hub', 'upward')).toBe('consolidation')
    expect(folderOf('hub', 'upward')).toBe('hub/upward')
  })
})

it('a return is called by whose it is', () => {
  expect(returnTitle('sending', 'office', false)).toBe('报送')
  expect((['entry', 'checks', 'sending'] as const).map((place) => returnTitle(place, 'hub', false))).toEqual(['本级填报', '本级审核', '本级签发入账'])
  expect(returnTitle('entry', 'hub', true)).toBe('代录填报')
})
