/** Light, dark, or as the system has it. */
export type ThemeChoice = 'system' | 'light' | 'dark'

const KEY = 'theme'

/** Returns the theme chosen earlier on this computer. */
export function storedTheme(): ThemeChoice {
  const stored = globalThis.localStorage?.getItem(KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** Shows a theme and remembers it. */
export function applyTheme(theme: ThemeChoice): void {
  localStorage.setItem(KEY, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
