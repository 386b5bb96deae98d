import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { dataFolder } from './runs/run-folders.ts'
import { writeFileWhole } from './runs/write-file.ts'

const preferencesSchema = z.object({
  /** One core of the processor does not compute, so that the machine answers well while a training runs. */
  leaveCoreFree: z.boolean(),
})
export type Preferences = z.infer<typeof preferencesSchema>

const defaults: Preferences = { leaveCoreFree: false }

const fileOf = (): string => join(dataFolder(), 'engine.json')

/** What a person has chosen for the engine. A file that is damaged is told of in the log and counts as none. */
export function readPreferences(): Preferences {
  const file = fileOf()
  if (!existsSync(file)) return defaults
  try {
    return preferencesSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    console.error(`${file} is damaged, and the preferences are the usual ones:`, error)
    return defaults
  }
}

/** @throws disk-full, bad-file */
export async function writePreferences(preferences: Preferences): Promise<void> {
  const file = fileOf()
  await mkdir(dirname(file), { recursive: true })
  await writeFileWhole(file, `${JSON.stringify(preferences, null, 2)}\n`)
}
