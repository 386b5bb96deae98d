import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { correctionSchema } from '../../../shared/contract/corrections.ts'
import { sweepRequestSchema, sweepResultSchema, sweepRunSchema } from '../../../shared/contract/sweeps.ts'
import { badFile, invalidInput } from '../../../shared/errors.ts'
import { createFolderAtomically } from '../runs/atomic-folder.ts'
import { sourceSchema } from '../runs/run-config.ts'
import { dataFolder, freeFolder } from '../runs/run-folders.ts'
import { writeFileWhole } from '../runs/write-file.ts'

/** plan.json: what is to be trained, decided before the first training and never changed. */
export const sweepPlanSchema = z.object({
  schemaVersion: z.literal(1),
  name: z.string(),
  created: z.iso.datetime(),
  request: sweepRequestSchema,
  data: z.object({
    name: z.string(),
    source: sourceSchema,
    fingerprint: z.string(),
    corrections: z.array(correctionSchema),
  }),
  runs: z.array(sweepRunSchema).min(1),
})
export type SweepPlan = z.infer<typeof sweepPlanSchema>

/** results.json: how each came out so far, in the plan's order. Written whole after each. */
const resultsSchema = z.array(sweepResultSchema)
export type SweepResults = z.infer<typeof resultsSchema>

const sweepsFolder = (): string => join(dataFolder(), 'sweeps')

/** The folder of a sweep by its name. @throws invalid-input */
export function sweepFolder(name: string): string {
  const folder = join(sweepsFolder(), name)
  if (name === '' || /[\\/]|^\.+$/.test(name) || !existsSync(folder)) {
    throw invalidInput(`There is no sweep "${name}".`)
  }
  return folder
}

/** Newest first. */
export async function sweepNames(): Promise<string[]> {
  const names = existsSync(sweepsFolder()) ? await readdir(sweepsFolder()) : []
  return names.filter(name => !/\.tmp-\d+$/.test(name)).toSorted((a, b) => (a < b ? 1 : -1))
}

/** A name that no sweep has yet. @param wish undefined: by the time */
export function newSweepName(wish: string | undefined, now = new Date()): string {
  if (wish !== undefined && (/[\\/:*?"<>|]|^[. ]*$/.test(wish) || wish.length > 100))
    throw invalidInput(`"${wish}" cannot be a sweep's name: letters, figures, spaces and dashes can.`)
  const name = wish ?? `Sweep ${now.toISOString().slice(0, 16).replace('T', ' ').replace(':', '-')}`
  const folder = join(sweepsFolder(), name)
  if (wish !== undefined && existsSync(folder))
    throw invalidInput(`There is a sweep "${wish}" already: resume it, or choose another name.`)
  return basename(freeFolder(folder))
}

/** @throws invalid-input: there is one of this name; disk-full; bad-file */
export async function createSweep(plan: SweepPlan): Promise<string> {
  const folder = join(sweepsFolder(), plan.name)
  await createFolderAtomically(folder, async temporary => {
    await writeFile(join(temporary, 'plan.json'), `${JSON.stringify(plan, null, 2)}\n`)
    await writeFile(join(temporary, 'results.json'), '[]\n')
  })
  return folder
}

/** @throws bad-file naming the file and its fault */
export async function openSweep(folder: string): Promise<{ plan: SweepPlan; results: SweepResults }> {
  const plan = await read(join(folder, 'plan.json'), sweepPlanSchema)
  return { plan, results: await read(join(folder, 'results.json'), resultsSchema) }
}

/** @throws disk-full, bad-file: what was there before stays */
export const writeResults = (folder: string, results: SweepResults): Promise<void> =>
  writeFileWhole(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)

async function read<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    throw badFile(file, 'it is missing or damaged.', error)
  }
}
