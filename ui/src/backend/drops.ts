import { listen } from './call'

/** Where the pointer is, in the page's own pixels. */
export interface Point {
  x: number
  y: number
}

/** Files that were let go over the window; their paths stay with the application. */
export interface Dropped extends Point {
  names: string[]
}

/** Listens to files being dragged over the window; null once they have left. The returned function ends it. */
export const onDragged = (heard: (at: Point | null) => void) => listen<Point | null>('dragged', heard)

/** Listens to files being dropped. The returned function ends it. */
export const onDropped = (heard: (dropped: Dropped) => void) => listen<Dropped>('dropped', heard)
