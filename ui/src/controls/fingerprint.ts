/** Digits of a fingerprint. */
export const DIGITS = 40
const GROUP = 5

/** What was typed or pasted into the box of a fingerprint. */
export interface Typed {
  /** The digits in groups of five. */
  text: string
  /** Where the caret belongs in `text`. */
  caret: number
  /** The digits alone, also those beyond the fortieth. */
  digits: string
  /** Letters and characters that are no digits, each once; separators are not among them. */
  strangers: string
}

/** Full-width digits become plain ones; nothing else is guessed at. */
function plain(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
}

function grouped(digits: string): string {
  return digits.replace(new RegExp(`(\\d{${GROUP}})(?=\\d)`, 'g'), '$1 ')
}

/** Reads what stands in the box, with any separators, and lays it out anew around the caret. */
export function read(raw: string, caret: number): Typed {
  const all = plain(raw)
  const digits = all.replace(/\D/g, '')
  const before = all.slice(0, caret).replace(/\D/g, '').length
  const strangers = [...new Set(all.match(/\p{L}|[①-⓿]/gu) ?? [])].join('')
  return { text: grouped(digits), caret: before + Math.max(0, Math.ceil(before / GROUP) - 1), digits, strangers }
}

/** Says how far the typing has come. */
export function progress({ digits, strangers }: Pick<Typed, 'digits' | 'strangers'>): string {
  const count =
    digits.length > DIGITS ? `多了 ${digits.length - DIGITS} 位，应为 ${DIGITS} 位` : `已输入 ${digits.length}/${DIGITS} 位`
  return strangers === '' ? count : `${count}；“${strangers}”不是数字，没有算进去`
}
