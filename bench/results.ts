import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Figure } from './figure.ts'
import type { Machine } from './machine.ts'
import type { Judgement } from './targets.ts'

const folder = join(import.meta.dirname, '../build/bench')

/** Everything one run of the bench found; the tables are made from it alone. */
export interface Results {
  readonly made: string
  readonly quick: boolean
  readonly rounds: number
  readonly machine: Machine
  readonly figures: readonly Figure[]
  readonly targets: readonly Judgement[]
}

/** @returns the file it was written to: one a run, and `latest.json` */
export async function saveResults(results: Results): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${results.made.replaceAll(':', '.')}.json`)
  const text = `${JSON.stringify(results, null, 2)}\n`
  await writeFile(file, text)
  await writeFile(join(folder, 'latest.json'), text)
  return file
}
