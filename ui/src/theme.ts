/** Light, dark, or as the system has it. */
export type ThemeChoice = 'system' | 'light' | 'dark'

const KEY = 'theme'

export function isTheme(name: unknown): name is ThemeChoice {
  return name === 'system' || name === 'light' || name === 'dark'
}

/** Returns the theme chosen earlier on this computer, before the settings have been read. */
export function storedTheme(): ThemeChoice {
  const stored = globalThis.localStorage?.getItem(KEY)
  return isTheme(stored) ? stored : 'system'
}

/** Shows a theme and remembers it. */
export function applyTheme(theme: ThemeChoice): void {
  localStorage.setItem(KEY, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
