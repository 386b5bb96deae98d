import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunSummary } from '../../../../shared/contract/run-library.ts'
import { TwinlensError } from '../../../../shared/errors.ts'
import { isSavedRun, savedRunFolder, savedRunNames } from '../run-folders.ts'
import { noNotes, readNotes } from './run-notes.ts'
import { type LearnedSummary, summarise } from './run-summary.ts'
import { readSummaryCache, type SummaryCache, writeSummaryCache } from './summary-cache.ts'

/** Files that are read at once. */
const atOnce = 16

/**
 * The saved runs as a list. What was learned is read once a run, for as long as its manifest stays as it is, also from one start to
 * the next: 1,000 runs are then listed in the time of two looks at each folder.
 */
export class RunLibrary {
  #cache: Promise<SummaryCache> | undefined

  /** Newest first; one that cannot be read at all comes last. */
  async list(): Promise<RunSummary[]> {
    const cache = await this.#known()
    const names = await savedRunNames()
    const found: RunSummary[] = []
    let isNew = false
    for (let i = 0; i < names.length; i += atOnce) {
      const looks = names.slice(i, i + atOnce).map(name =>
        look(name, cache).catch((error: unknown) => {
          // Somebody may just have deleted it.
          if (isSavedRun(name)) throw error
          return undefined
        }),
      )
      for (const one of await Promise.all(looks)) {
        if (one === undefined) continue
        found.push(one.summary)
        isNew ||= one.read
      }
    }
    const there = new Set(names)
    for (const name of cache.keys()) if (!there.has(name)) isNew = cache.delete(name)
    // A list that could not be kept is a slower one the next time.
    if (isNew) await writeSummaryCache(cache).catch((error: unknown) => console.error(error))
    return found.toSorted(newestFirst)
  }

  /** @throws invalid-input: there is none of this name */
  async of(name: string): Promise<RunSummary> {
    return (await look(name, await this.#known())).summary
  }

  #known(): Promise<SummaryCache> {
    this.#cache ??= readSummaryCache()
    return this.#cache
  }
}

/** `read` says that it was not known before. @throws invalid-input: there is none of this name */
async function look(name: string, cache: SummaryCache): Promise<{ summary: RunSummary; read: boolean }> {
  const folder = savedRunFolder(name)
  const key = await stampOf(join(folder, 'manifest.json'))
  const known = cache.get(name)
  if (known !== undefined && known.key === key)
    return { summary: await withNotes(name, folder, known.learned), read: false }
  const learned = await summarise(folder)
  const read = key !== undefined && learned.fault === null
  if (read) cache.set(name, { key, learned })
  return { summary: await withNotes(name, folder, learned), read }
}

async function withNotes(name: string, folder: string, learned: LearnedSummary): Promise<RunSummary> {
  try {
    return { name, folder, notes: await readNotes(folder), ...learned }
  } catch (error) {
    if (!(error instanceof TwinlensError)) throw error
    return { name, folder, notes: noNotes, ...learned, fault: learned.fault ?? error.message }
  }
}

/** Changes whenever the file is written anew. Undefined where there is none. */
async function stampOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined)
  return found === undefined ? undefined : `${found.mtimeMs} ${found.size}`
}

function newestFirst(a: RunSummary, b: RunSummary): number {
  const [x, y] = [a.about?.created ?? '', b.about?.created ?? '']
  return x === y ? b.name.localeCompare(a.name) : x < y ? 1 : -1
}
