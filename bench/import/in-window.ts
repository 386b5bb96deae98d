import { readFile } from 'node:fs/promises'
import { connectClient } from '../../test/support/client.ts'
import { enginePids, startApp } from '../../test/support/window.ts'

export interface Opened {
  readonly seconds: number
  /** Resident, MB: when it is open, and the most until then. */
  readonly nowMB: number
  readonly peakMB: number
}

/** Opens a data set of the library as a window does, by the engine of an app that is started for it. */
export async function openInWindow(id: string, dataFolder: string): Promise<Opened> {
  const app = await startApp({ TWINLENS_DATA: dataFolder })
  try {
    const { client, close } = await connectClient(app.url)
    // The engine has chosen its backend before anyone opens a data set.
    await client.backend(undefined)
    const from = performance.now()
    await client.openData({ kind: 'imported', id })
    const seconds = (performance.now() - from) / 1000
    const [pid] = enginePids(app)
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    close()
    const megabytes = (field: string): number =>
      (Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6
    return { seconds, nowMB: megabytes('VmRSS'), peakMB: megabytes('VmHWM') }
  } finally {
    await app.close()
  }
}
