/** Says when a backup was last made. */
export function backupWords(last: string): string {
  return last === '' ? '还没有备份过' : `上次备份：${last}`
}

/** Says whether a contact and a telephone number can be saved: given, and other than what is kept. */
export function contactChanged(
  typed: { contact: string; telephone: string },
  kept: { contact: string; telephone: string },
): boolean {
  const [contact, telephone] = [typed.contact.trim(), typed.telephone.trim()]
  return contact !== '' && telephone !== '' && (contact !== kept.contact || telephone !== kept.telephone)
}

/** The choices of light and dark. */
export const themes = [
  { value: 'system', label: '跟随系统' },
  { value: 'light', label: '浅色' },
  { value: 'dark', label: '深色' },
] as const
