import { call, channel } from './call'
import type { BackedUp } from './generated/BackedUp'
import type { EnrolmentSlip } from './generated/EnrolmentSlip'
import type { Settings } from './generated/Settings'
import type { Progress } from './progress'

/** Reads the settings. */
export const settings = () => call<Settings>('settings')

/** Changes whom to ask for and where to call. */
export const setContact = (contact: string, telephone: string) => call<Settings>('set_contact', { contact, telephone })

/** Lets one choose the exchange folder in the system's dialog; says whether one did. */
export const chooseExchange = () => call<boolean>('choose_exchange')

/** Does without an exchange folder. */
export const forgetExchange = () => call<null>('forget_exchange')

/** Changes the passphrase. */
export const changePassphrase = (old: string, fresh: string) => call<null>('change_passphrase', { old, new: fresh })

/** Backs up into a new folder of a place. */
export const backUp = (place: number, progress: (progress: Progress) => void) =>
  call<BackedUp>('back_up', { place, channel: channel(progress) })

/** Reads the page that goes to the hub beside the enrolment. */
export const enrolmentSlip = () => call<EnrolmentSlip>('enrolment_slip')

/** Opens the ledger's folder in the system's file manager. */
export const openFolder = () => call<null>('open_folder')

/** Opens the folder of log files likewise. */
export const openLogs = () => call<null>('open_logs')

/** Remembers light or dark on this computer. */
export const setTheme = (theme: 'system' | 'light' | 'dark') => call<null>('set_theme', { theme })
