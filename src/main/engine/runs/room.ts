import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import { TwinlensError } from '../../../shared/errors.ts'

/** What a training takes at the very least, bytes. */
export interface Needs {
  /** To save its run. */
  readonly disk: number
  readonly memory: number
}

/**
 * @param weights how many
 * @param features of all images: their number times the embedding's size
 * @param keepsState whether the run keeps what its training goes on from: the weights once more, and two averages of each
 */
export function needsOf(weights: number, features: number, keepsState: boolean): Needs {
  const bytes = 4
  // In memory: the weights, their gradients and Adam's two averages.
  return { disk: bytes * ((keepsState ? 4 : 1) * weights + features), memory: bytes * 4 * weights }
}

/** What there is, bytes. */
export interface Room {
  readonly disk: number
  readonly memory: number
}

/**
 * All memory there is and not only what is free: other programs may give theirs up, and systems count differently what that is.
 * @param folder of which the parent exists
 */
export async function roomAt(folder: string): Promise<Room> {
  const { bavail, bsize } = await statfs(dirname(folder))
  // A container may be given less; 0 where nothing is known of that.
  const allowed = process.constrainedMemory() || Number.POSITIVE_INFINITY
  return { disk: bavail * bsize, memory: Math.min(totalmem(), allowed) }
}

/** Refuses what cannot come to its end, rather than learn it there. @throws disk-full, out-of-memory */
export function assertRoom(folder: string, needs: Needs, room: Room): void {
  if (needs.memory > room.memory)
    throw new TwinlensError(
      'out-of-memory',
      `This network needs ${inWords(needs.memory)} of memory at the least, and this computer has ${inWords(room.memory)}.`,
    )
  if (needs.disk > room.disk)
    throw new TwinlensError(
      'disk-full',
      `The run will take ${inWords(needs.disk)}, and ${inWords(room.disk)} are free where ${folder} is to be saved.`,
    )
}

const inWords = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`
