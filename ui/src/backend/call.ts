import { Channel, invoke, type InvokeArgs } from '@tauri-apps/api/core'
import { listen as listenTo } from '@tauri-apps/api/event'
import { failureOf } from './failure'

/** Calls one of the application's commands; rejects with a Failure and nothing else. */
export async function call<T>(command: string, args?: InvokeArgs): Promise<T> {
  try {
    return await invoke<T>(command, args)
  } catch (thrown) {
    throw failureOf(thrown)
  }
}

/** Makes a channel to hand to a command that reports progress. */
export function channel<T>(onMessage: (message: T) => void): Channel<T> {
  return new Channel<T>(onMessage)
}

/** Listens to an event of the application; the returned function ends it. */
export function listen<T>(event: string, heard: (payload: T) => void): () => void {
  const ending = listenTo<T>(event, ({ payload }) => heard(payload))
  return () => void ending.then((end) => end())
}
