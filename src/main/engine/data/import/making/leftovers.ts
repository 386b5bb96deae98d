import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from '../../../runs/is-alive.ts'

/** Half-imported, half-written and half-removed: each names the process that was at it. */
const half = /^(?:\.import|[0-9a-f]{64}\.(?:tmp|removed))-(\d+)(?:-|$)/

/** Removes what processes that were killed left of imports in the library's folder, which is there. */
export async function removeLeftovers(library: string): Promise<void> {
  for (const name of await readdir(library)) {
    const pid = half.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(library, name), { recursive: true, force: true })
  }
}
