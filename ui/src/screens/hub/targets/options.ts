import type { Option } from '../../../controls/Select.svelte'

/** The kinds of target, with what each is for. */
export const kinds: readonly Option[] = [
  { value: 'count', label: '累计数：一年里累计多少' },
  { value: 'stock', label: '期末数：到月底有多少' },
  { value: 'growth', label: '增速：比上年同期' },
  { value: 'share', label: '占比：分子比分母' },
  { value: 'milestone', label: '节点：按步骤推进' },
  { value: 'statement', label: '定性：未开始、推进中、已完成' },
  { value: 'relative', label: '同步：对照另一个增速' },
]

export const frequencies: readonly Option[] = [
  { value: 'monthly', label: '每月' },
  { value: 'quarterly', label: '每季' },
  { value: 'half_yearly', label: '每半年' },
  { value: 'yearly', label: '每年' },
]

export const comparators: readonly Option[] = [
  { value: 'at_least', label: '不少于（≥）' },
  { value: 'reach', label: '达到' },
  { value: 'above', label: '突破（>）' },
  { value: 'about', label: '约（多个）' },
  { value: 'at_most', label: '不超过（≤）' },
  { value: 'below', label: '低于（<）' },
]
