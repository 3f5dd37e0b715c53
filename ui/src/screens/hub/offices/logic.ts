import type { EnrolmentFound } from '../../../backend/generated/EnrolmentFound'
import type { HubOffice } from '../../../backend/generated/HubOffice'
import type { HubOffices } from '../../../backend/generated/HubOffices'

export type Filter = 'all' | 'waiting' | 'none' | 'retired'

const chosen: Record<Filter, (office: HubOffice) => boolean> = {
  all: () => true,
  waiting: (office) => office.waiting,
  none: (office) => office.retired === '' && (office.key === 'none' || office.key === 'closed'),
  retired: (office) => office.retired !== '',
}

/** Returns the filters with how many offices each shows; those that would show none are left out. */
export function chipsOf(offices: readonly HubOffice[]): { value: Filter; label: string; count: number }[] {
  const all: [Filter, string][] = [['all', '全部'], ['waiting', '待登记'], ['none', '没有在用的密钥'], ['retired', '有停用日期']]
  const chips = all.map(([value, label]) => ({ value, label, count: offices.filter(chosen[value]).length }))
  return chips.filter(({ value, count }) => value === 'all' || count > 0)
}

/** Returns the offices that a filter and a search leave; the search looks at names, codes, contacts and telephones. */
export function officesShown(offices: readonly HubOffice[], filter: Filter, search: string): HubOffice[] {
  const wanted = search.trim().toLowerCase()
  const found = ({ name, code, contact, telephone }: HubOffice) =>
    wanted === '' || [name, code, contact, telephone].some((text) => text.toLowerCase().includes(wanted))
  return offices.filter((office) => chosen[filter](office) && found(office))
}

/** Groups the offices that can be admitted by kind, for a list to pick from. */
export function groupsOf({ offices, kinds }: Pick<HubOffices, 'offices' | 'kinds'>) {
  const groups = kinds.map(({ kind, label }) => ({
    label,
    options: offices
      .filter((office) => office.kind === kind && office.change !== '新增')
      .map(({ id, name }) => ({ value: id, label: name })),
  }))
  return groups.filter(({ options }) => options.length > 0)
}

/** Says which enrolments claim an office: what the operator should see before typing forty digits in vain. */
export function claimWords(found: readonly EnrolmentFound[], office: string): string {
  const claims = found.filter((one) => one.office === office)
  if (claims.length === 0) return '还没有找到它的注册包：请插上它交来的优盘。'
  const odd = claims.find((one) => one.odd !== '')
  if (odd !== undefined) return `找到的注册包自称“${odd.says}”：${odd.odd}。`
  return claims.length === 1 ? '找到 1 个它的注册包。' : `找到 ${claims.length} 个它的注册包，由指纹认定哪一个是真的。`
}

/** Reads the last number that is to count; null where it is none. */
export function numberTyped(text: string): number | null {
  const digits = text.trim().normalize('NFKC')
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null
}

/** Returns the number of the key that is in force, or was last. */
export function current({ keys }: Pick<HubOffice, 'keys'>): number {
  return Math.max(0, ...keys.map(({ number }) => number))
}

/** Reads the names of the offices that one splits into, a line each; nobody counts empty lines. */
export function namesTyped(text: string): string[] {
  return text.split('\n').map((name) => name.trim()).filter((name) => name !== '')
}

/** Lists the offices that can still end: those that report, but this one not. */
export function others(view: Pick<HubOffices, 'offices'>, office: string): HubOffice[] {
  return view.offices.filter(({ id, retired }) => id !== office && retired === '')
}

/** Says what revoking would cost. */
export function lossWords(lost: readonly string[], after: number, head: number): string {
  if (after > head) return `现在只收到第 ${head} 号，不能填更大的数。`
  const rest = `以后收到的第 ${after + 1} 号起一律拒收。`
  return lost.length === 0 ? `已收到的报表都照算；${rest}` : `这些报表将不再计入：${lost.join('、')}；${rest}`
}
