/* Rows and sheets for tests. */
import type { EntrySheet } from '../backend/generated/EntrySheet'
import type { Row } from '../backend/generated/Row'

export const counts = { total: 0, filled: 0, zero: 0, not_applicable: 0, nil: 0, empty: 0, optional: 0 }

/** Makes a row as the backend shows it. */
export function row(target: string, fields: Record<string, string>, more: Partial<Row> = {}): Row {
  return {
    target,
    name: `目标${target}`,
    clause: '',
    kind: 'count',
    kind_label: '累计数',
    unit: '个',
    goal: '',
    goal_label: '',
    judged: true,
    frequency: '每月',
    due: true,
    boxes: Object.entries(fields).map(([field, text]) => ({ field, label: field, unit: '个', text, optional: false })),
    stages: [],
    last: null,
    last_period: null,
    not_applicable: '',
    note: '',
    problem: '',
    next_step: '',
    explanation: '',
    evidence: [],
    returned: null,
    replaced: null,
    standing: { target, state: 'empty', computed: '', bar: null, lamp: null, explanation: '', outlook: '', findings: [] },
    ...more,
  }
}

/** Makes a sheet of one section. */
export function view(rows: Row[], more: Partial<EntrySheet> = {}): EntrySheet {
  return {
    period: { period: '2024-06', label: '2024年6月', due: '', days_left: 0, state: 'draft', state_label: '' },
    overtaken: null,
    last_label: null,
    expected: '50%',
    nil: false,
    nil_refused: null,
    correction: false,
    saved: null,
    counts,
    groups: [{ chapter_code: '五', chapter: '甲', section: '乙', rows }],
    limits: { text_chars: 10000, evidence: '20 MB' },
    ...more,
  }
}
