import { call, channel } from './call'
import type { StartView } from './generated/StartView'
import type { Progress } from './progress'

/** Opens the demonstration, made anew where none was left standing. */
export const startDemo = (role: 'office' | 'hub', progress: (progress: Progress) => void) =>
  call<StartView>('start_demo', { role, channel: channel(progress) })

/** Throws the demonstration away. */
export const leaveDemo = () => call<StartView>('leave_demo')
