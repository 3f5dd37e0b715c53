const SHOWN_FOR = 6000

/** The one message at the bottom of the window. */
class Toasts {
  text = $state('')
  #timer: ReturnType<typeof setTimeout> | undefined

  say(text: string): void {
    clearTimeout(this.#timer)
    this.text = text
    this.#timer = setTimeout(() => (this.text = ''), SHOWN_FOR)
  }
}

export const toasts = new Toasts()

/** Says in passing that something was done; what went wrong belongs into a Notice where the eye is. */
export function toast(text: string): void {
  toasts.say(text)
}
