import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Measure } from './figure.ts'

const folder = join(import.meta.dirname, 'measures')

/** Every file of bench/measures by its name: to add a measure, add a file that exports `measure`. */
export async function loadMeasures(): Promise<Map<string, Measure>> {
  const files = (await readdir(folder)).filter(file => file.endsWith('.ts')).sort()
  const loaded = files.map(async (file): Promise<[string, Measure]> => {
    const { measure } = (await import(pathToFileURL(join(folder, file)).href)) as { measure: Measure }
    return [file.slice(0, -'.ts'.length), measure]
  })
  return new Map(await Promise.all(loaded))
}
