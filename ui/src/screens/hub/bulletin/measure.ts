import type { Measured } from './logic'

/** Reads off an unparted bulletin how high its blocks are, in millimetres; its article is `width` of them wide. */
export function blocksOf(ruler: HTMLElement, width: number): Measured[] {
  const article = ruler.querySelector('article')
  if (article === null) return []
  const whole = article.getBoundingClientRect()
  const millimetres = (pixels: number) => (pixels * width) / whole.width
  const blocks = [...article.querySelectorAll<HTMLElement>('[data-item]')]
  return blocks.map((block, at) => {
    const top = block.getBoundingClientRect().top
    const end = blocks[at + 1]?.getBoundingClientRect().top ?? whole.bottom
    const head = block.closest('table')?.querySelector('thead')?.getBoundingClientRect().height ?? 0
    const isTitle = block.matches('.caption') || block.querySelector('.over') !== null
    return { height: millimetres(end - top), keep: isTitle, head: millimetres(head) }
  })
}
