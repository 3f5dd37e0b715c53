import { boxesOf, type Line, type Place, type Spot } from './shape'

/** What a paste has to know of a box. */
export interface Target {
  name: string
  /** What the box asks for: `累计完成`. */
  box: string
  unit: string
  /** Names of the stages; empty where a figure is typed. */
  stages: readonly string[]
  /** Why nothing can be put there now; empty where it can. */
  locked: string
}

/** A text that was not taken. */
export interface Refused {
  /** Where it would have gone; none where there is no such row. */
  at: Place | null
  name: string
  box: string
  text: string
  why: string
}

export interface Pasted {
  edits: (Place & { text: string })[]
  refused: Refused[]
  /** How many empty cells left a box as it was. */
  skipped: number
}

/** Lays a table over the boxes from one of them on: what fits is taken, the rest refused cell by cell. */
export function place(
  table: readonly (readonly string[])[],
  lines: readonly Line[],
  from: Spot,
  know: (place: Place) => Target,
): Pasted {
  const wide = table.reduce((most, row) => Math.max(most, row.length), 0)
  const area = { top: from.row, bottom: from.row + table.length - 1, left: from.col, right: from.col + wide - 1 }
  const boxes = boxesOf(lines, area)
  const pasted: Pasted = { edits: [], refused: [], skipped: 0 }
  table.forEach((row, down) =>
    row.forEach((raw, along) => {
      const text = trimmed(raw)
      const at = boxes[down]?.[along] ?? null
      if (text === '') {
        if (at !== null) pasted.skipped += 1
        return
      }
      const first = boxes[down]?.find((box) => box !== null) ?? firstBox(lines[from.row + down])
      const known = at !== null ? know(at) : first === undefined ? undefined : know(first)
      const refuse = (why: string) =>
        pasted.refused.push({ at: at ?? first ?? null, name: known?.name ?? '', box: at === null ? '' : (known?.box ?? ''), text, why })
      if (at === null) {
        refuse(first === undefined ? '表格到这里已没有行了' : `这一行没有第 ${from.col + along + 1} 格`)
        return
      }
      const taken = read(text, know(at))
      if ('why' in taken) refuse(taken.why)
      else pasted.edits.push({ ...at, text: taken.text })
    }),
  )
  return pasted
}

function firstBox(line: Line | undefined): Place | undefined {
  const field = line?.fields[0]
  return line === undefined || field === undefined ? undefined : { target: line.target, field }
}

/** Takes white space off the ends, the non-breaking kinds that spreadsheets and web pages copy included. */
function trimmed(text: string): string {
  return text.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g, '')
}

/** Reads a pasted text for a box, or says why it does not belong there. */
export function read(text: string, { unit, stages, locked }: Target): { text: string } | { why: string } {
  if (locked !== '') return { why: locked }
  return stages.length > 0 ? readStage(text, stages) : readFigure(text, unit)
}

function readStage(text: string, stages: readonly string[]): { text: string } | { why: string } {
  const number = /^[1-9]$/.test(narrow(text)) ? stages[Number(narrow(text)) - 1] : undefined
  const stage = stages.find((name) => name === text) ?? number
  return stage === undefined ? { why: `没有这个节点，可填：${stages.join('、')}` } : { text: stage }
}

/** Maps full-width characters to the plain ones. */
function narrow(text: string): string {
  return text
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/。/g, '.')
    .replace(/−/g, '-')
}

/** Only sorts out what is no figure at all, so that it can be named where it was pasted; what is kept is read by the backend. */
function readFigure(text: string, unit: string): { text: string } | { why: string } {
  const plain = narrow(text)
  if (plain.endsWith('%')) {
    if (unit !== '%') return { why: `带百分号；这一格填数${unit === '' ? '' : `（${unit}）`}，不填百分比` }
    return readFigure(plain.slice(0, -1).trimEnd(), '')
  }
  if (plain.startsWith('#')) return { why: '是表格里的错误值，请先在表格里改正' }
  const scaled = /[万亿千百]/.exec(plain)
  if (scaled !== null && /\d/.test(plain)) {
    return { why: `带“${scaled[0]}”字；请换算成${unit === '' ? '数字' : `以“${unit}”为单位的数`}，只填数字` }
  }
  if (/^[-–—/]+$/.test(plain)) return { why: '只有横线；是 0 请填 0，没有数就空着' }
  const parts = /^[+-]?(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(plain)
  if (parts === null) return { why: /\d/.test(plain) ? '数字里夹着别的字，请只留数字' : '不是数字' }
  const whole = parts[1]!.replace(/,/g, '').replace(/^0+/, '')
  const fraction = (parts[2] ?? '').replace(/0+$/, '')
  if (fraction.length > 6) return { why: '小数超过 6 位' }
  return whole.length + fraction.length > 18 ? { why: '超过 18 位数字' } : { text }
}
