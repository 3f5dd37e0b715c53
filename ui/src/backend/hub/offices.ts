import { call } from '../call'
import type { EnrolmentFound } from '../generated/EnrolmentFound'
import type { HubOffices } from '../generated/HubOffices'
import type { RevocationView } from '../generated/RevocationView'

/** Reads the offices. */
export const hubOffices = () => call<HubOffices>('hub_offices')

/** Adds an office to the draft of the plan; `lookalike` says that one has seen that its name looks like another's. */
export const addOffice = (name: string, kind: string, code: string, lookalike: boolean) =>
  call<HubOffices>('add_office', { name, kind, code, lookalike })

/** Gives an office another name from a day on. */
export const renameOffice = (office: string, name: string, since: string, lookalike: boolean) =>
  call<HubOffices>('rename_office', { office, name, since, lookalike })

/** Says from which day on an office no longer reports; null takes that back. */
export const retireOffice = (office: string, on: string | null) => call<HubOffices>('retire_office', { office, on })

/** Lists the enrolments in all places, and those that were taken in and wait. */
export const enrolmentsFound = () => call<EnrolmentFound[]>('enrolments_found')

/** Activates the key whose digits stand on an office's paper. */
export const admitOffice = (office: string, digits: string, replace: boolean) =>
  call<HubOffices>('admit_office', { office, digits, replace })

/** Says what revoking a key of an office after a number would do. */
export const revocation = (office: string, key: number, after: number) =>
  call<RevocationView>('revocation', { office, key, after })

/** Closes a key of an office after a number. */
export const revokeOffice = (office: string, key: number, after: number) =>
  call<HubOffices>('revoke_office', { office, key, after })

/** Lets offices end on a day and one take their place, or one of the others take them in. */
export const mergeOffices = (offices: readonly string[], into: string, kind: string, on: string) =>
  call<HubOffices>('merge_offices', { offices, into, kind, on })

/** Lets an office end on a day and others take its place. */
export const splitOffice = (office: string, into: readonly string[], kind: string, on: string) =>
  call<HubOffices>('split_office', { office, into, kind, on })
