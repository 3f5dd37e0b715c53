import { call } from '../call'
import type { CalendarForm } from '../generated/CalendarForm'
import type { DivisionEdit } from '../generated/DivisionEdit'
import type { Edited } from '../generated/Edited'
import type { LampForm } from '../generated/LampForm'
import type { LampPreview } from '../generated/LampPreview'
import type { PairForm } from '../generated/PairForm'
import type { PlanChangeView } from '../generated/PlanChangeView'
import type { Retirement } from '../generated/Retirement'
import type { TargetDetail } from '../generated/TargetDetail'
import type { TargetForm } from '../generated/TargetForm'
import type { TargetsView } from '../generated/TargetsView'

/** Reads the plan that is edited: the draft, or the version in force. */
export const targets = () => call<TargetsView>('targets')

/** Reads one target of it, with whom it may be given to. */
export const targetDetail = (code: string) => call<TargetDetail>('target_detail', { code })

/** Adds a target (without a code), or keeps what was edited of one. */
export const saveTarget = (form: TargetForm) => call<Edited>('save_target', { form })

/** Says what retiring a target would mean. */
export const retirement = (code: string) => call<Retirement>('retirement', { code })

/** Retires a target; `told` is the number of offices with figures that was shown. */
export const retireTarget = (code: string, reason: string, told: number) => call<Edited>('retire_target', { code, reason, told })

/** Takes back that a target retires with the draft. */
export const restoreTarget = (code: string) => call<Edited>('restore_target', { code })

/** Gives a target to offices or takes it away, all of it or nothing. */
export const divideTarget = (code: string, edits: DivisionEdit[]) => call<Edited>('divide_target', { code, edits })

/** Adds a chapter (without a code), or gives one another title. */
export const saveChapter = (code: string | null, title: string) => call<Edited>('save_chapter', { code, title })

/** Adds a section (without a code), or gives one another title. */
export const saveSection = (chapter: string, code: string | null, title: string) => call<Edited>('save_section', { chapter, code, title })

/** Takes an empty chapter or section out. */
export const removeHeading = (code: string) => call<Edited>('remove_heading', { code })

/** Keeps title and calendar. */
export const saveCalendar = (form: CalendarForm) => call<Edited>('save_calendar', { form })

/** Keeps the lamp rule. */
export const saveLamps = (form: LampForm) => call<Edited>('save_lamps', { form })

/** Reads which targets of a period another lamp rule would show otherwise. */
export const lampPreview = (period: string, form: LampForm) => call<LampPreview>('lamp_preview', { period, form })

/** Keeps which targets may not exceed which. */
export const saveComparisons = (pairs: PairForm[]) => call<Edited>('save_comparisons', { pairs })

/** Reads how the draft differs from the version in force. */
export const planChanges = () => call<PlanChangeView[]>('plan_changes')

/** Drops the draft. */
export const discardDraft = () => call<TargetsView>('discard_draft')
