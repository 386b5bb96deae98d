import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { aboutRunSchema, thumbnailSchema } from '../../../../shared/contract/run-library.ts'
import { dataFolder } from '../run-folders.ts'
import { writeFileWhole } from '../write-file.ts'
import type { LearnedSummary } from './run-summary.ts'

/** By a run's name: how its manifest looked, and what was read of the run then. Only of whole runs. */
export type SummaryCache = Map<string, { readonly key: string; readonly learned: LearnedSummary }>

const base64 = z.string()
const keptSchema = z.record(
  z.string(),
  z.object({
    key: z.string(),
    about: aboutRunSchema,
    thumbnail: thumbnailSchema.extend({ places: base64, labels: base64 }),
  }),
)

const fileOf = (): string => join(dataFolder(), 'runs-index.json')

/** Whatever is wrong with the file, the runs themselves are read instead. */
export async function readSummaryCache(): Promise<SummaryCache> {
  try {
    const kept = keptSchema.parse(JSON.parse(await readFile(fileOf(), 'utf8')))
    return new Map(
      Object.entries(kept).map(([name, { key, about, thumbnail }]) => {
        const places = Uint8Array.from(Buffer.from(thumbnail.places, 'base64'))
        // Copied: an array of 16 bits may not begin at an odd place, and a small Buffer lies anywhere.
        const labels = new Uint16Array(Uint8Array.from(Buffer.from(thumbnail.labels, 'base64')).buffer)
        return [name, { key, learned: { about, thumbnail: { ...thumbnail, places, labels }, fault: null } }]
      }),
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') console.error(`${fileOf()} is made anew:`, error)
    return new Map()
  }
}

/** @throws disk-full, bad-file */
export async function writeSummaryCache(cache: SummaryCache): Promise<void> {
  const kept: z.input<typeof keptSchema> = {}
  for (const [name, { key, learned }] of cache) {
    const { about, thumbnail } = learned
    if (about === null || thumbnail === null) continue
    const { places, labels } = thumbnail
    kept[name] = {
      key,
      about,
      thumbnail: {
        ...thumbnail,
        places: Buffer.from(places).toString('base64'),
        labels: Buffer.from(labels.buffer, labels.byteOffset, labels.byteLength).toString('base64'),
      },
    }
  }
  await writeFileWhole(fileOf(), JSON.stringify(kept))
}
