/** Puts a text on the clipboard, as Ctrl+C would; says whether it did. The page may not write there by itself. */
export function copied(text: string): boolean {
  const give = (event: ClipboardEvent) => {
    event.preventDefault()
    event.clipboardData?.setData('text/plain', text)
  }
  document.addEventListener('copy', give, { once: true, capture: true })
  // The only way that needs no permission; every web view still has it.
  const done = document.execCommand('copy')
  document.removeEventListener('copy', give, { capture: true })
  return done
}
