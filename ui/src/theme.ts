/** Light, dark, or as the system has it. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'theme'

/** Returns the theme chosen earlier on this computer. */
export function storedTheme(): Theme {
  const stored = globalThis.localStorage?.getItem(KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** Shows a theme and remembers it. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
