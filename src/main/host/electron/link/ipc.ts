import type { IpcMain, IpcMainEvent, WebContents } from 'electron'
import type { z } from 'zod'
import { isOurs } from '../security/address.ts'

export interface Listening<Arguments> {
  readonly ipcMain: Pick<IpcMain, 'on'>
  readonly channel: string
  /** Of all arguments, as a tuple. */
  readonly schema: z.ZodType<Arguments>
  /** The pages that may send. */
  readonly isWindow: (contents: WebContents) => boolean
  /** Gets a line for everything refused. */
  readonly log: (text: string) => void
}

/**
 * The only way to listen to pages. What does not come from the top frame of our own page in our own window, or is not
 * what the schema says, is dropped.
 */
export function listen<Arguments>(
  { ipcMain, channel, schema, isWindow, log }: Listening<Arguments>,
  onMessage: (contents: WebContents, given: Arguments) => void,
): void {
  ipcMain.on(channel, (event, ...given: unknown[]) => {
    const { sender, senderFrame } = event
    if (!isWindow(sender) || !isTopFrame(event) || !isOurs(senderFrame?.url ?? '')) {
      log(
        `A message on ${channel} came from ${senderFrame?.url.slice(0, 200) ?? 'a frame that is gone'}: refused.`,
      )
      return
    }
    const parsed = schema.safeParse(given)
    if (parsed.success) onMessage(sender, parsed.data)
    else log(`A message on ${channel} was not what it must be: refused.`)
  })
}

const isTopFrame = ({ senderFrame }: IpcMainEvent): boolean =>
  senderFrame !== null && senderFrame.parent === null
