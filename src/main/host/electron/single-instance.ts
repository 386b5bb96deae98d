import type { App } from 'electron'
import { z } from 'zod'

/** What a second start of the program hands to the first. Chromium's own copy of the arguments is reordered and holds its switches. */
const handedOverSchema = z.object({
  argv: z.array(z.string().max(10_000)).max(1000),
  folder: z.string().max(10_000),
})
export type Started = z.infer<typeof handedOverSchema>

/**
 * Makes this the only Twinlens of the person, or hands over to the one that is.
 * @param started how this one was started; `argv` without the program itself
 * @param onStarted is told how later ones were started
 * @returns whether this is the only one; if not, it must end
 */
export function beTheOnlyOne(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  started: Started,
  onStarted: (started: Started) => void,
): boolean {
  if (!app.requestSingleInstanceLock(started)) return false
  app.on('second-instance', (_event, _argv, _folder, handedOver) => {
    const parsed = handedOverSchema.safeParse(handedOver)
    onStarted(parsed.success ? parsed.data : { argv: [], folder: '' })
  })
  return true
}
