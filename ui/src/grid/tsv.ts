/** Reads what Excel and WPS put on the clipboard: cells by tabs, rows by line ends, quotes around what holds either. */
export function readTable(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  const source = text.replace(/\r\n?/g, '\n').replace(/\0/g, '')
  while (at <= source.length) {
    const quoted = quotedCell(source, at)
    const end = quoted?.end ?? endOfCell(source, at)
    row.push(quoted?.text ?? source.slice(at, end))
    if (source[end] === '\t') {
      at = end + 1
      continue
    }
    rows.push(row)
    row = []
    at = end + 1
    // The line end behind the last row begins no further one.
    if (at >= source.length) break
  }
  return rows
}

function endOfCell(source: string, at: number): number {
  let end = at
  while (end < source.length && source[end] !== '\t' && source[end] !== '\n') end += 1
  return end
}

/** A cell in quotes; none where the quote is just a character, as it is when no closing one ends the cell. */
function quotedCell(source: string, at: number): { text: string; end: number } | undefined {
  if (source[at] !== '"') return undefined
  let text = ''
  for (let i = at + 1; i < source.length; i += 1) {
    if (source[i] !== '"') {
      text += source[i]
    } else if (source[i + 1] === '"') {
      text += '"'
      i += 1
    } else {
      const after = source[i + 1]
      return after === undefined || after === '\t' || after === '\n' ? { text, end: i + 1 } : undefined
    }
  }
  return undefined
}

/** Writes rows as Excel and WPS read them from the clipboard. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[\t\r\n]|^"/.test(text) ? `"${text.replace(/"/g, '""')}"` : text)
  return rows.map((row) => row.map(cell).join('\t')).join('\r\n')
}
