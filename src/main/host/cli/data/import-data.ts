import { stringify } from 'csv-stringify/sync'
import type { ImportedDataSet, ImportOptions, ImportReport } from '../../../../shared/contract/data.ts'
import { importSource } from '../../../engine/data/import/making/import-source.ts'
import { scan } from '../../../engine/data/import/making/scan.ts'
import { importedBefore, sourceKey } from '../../../engine/data/import/making/source-key.ts'
import { describeDataSet, readMeta } from '../../../engine/data/library/data-set-library.ts'
import { writeFileWhole } from '../../../engine/runs/write-file.ts'
import { type ImportFlags, withFlags } from './import-options.ts'

/** The words go to the error stream: what a command answers is for a program to read. */
const tell = (words: string): void => console.error(words)

/**
 * Imports what the paths name, or takes it from the library where nothing has changed since it was imported.
 * @param name of the data set; its folder's if left out @throws bad-file, invalid-input, disk-full; cancelled: Ctrl-C
 */
export async function importData(
  paths: readonly string[],
  flags: ImportFlags,
  name?: string,
): Promise<ImportedDataSet> {
  const interrupted = new AbortController()
  const onInterrupt = (): void => interrupted.abort()
  process.once('SIGINT', onInterrupt)
  try {
    const options = await optionsFor(paths, flags, name, interrupted.signal)
    const before = await importedBefore(await sourceKey(paths, options, interrupted.signal))
    const known = before === undefined ? null : (await describeDataSet(before)).dataSet
    if (known !== null) {
      if (flags.skipped !== undefined) await writeSkipped(flags.skipped, (await readMeta(known.id)).skipped)
      tell(`Taken from the library, for nothing has changed: ${inWords(known)}`)
      return known
    }
    const { dataSet, skipped, duplicates } = await follow(paths, options, interrupted.signal)
    if (flags.skipped !== undefined) await writeSkipped(flags.skipped, skipped)
    tell(`Imported ${inWords(dataSet)}`)
    for (const { name: picture, reason } of skipped.slice(0, 5)) tell(`left out: ${picture}: ${reason}`)
    if (skipped.length > 5) {
      tell(
        `left out: ${skipped.length - 5} more${flags.skipped === undefined ? ' (--skipped FILE lists them)' : ''}`,
      )
    }
    for (const { train, test } of duplicates.slice(0, 5))
      tell(`nearly the same on both sides: ${train}, ${test}`)
    if (duplicates.length > 5) tell(`nearly the same on both sides: ${duplicates.length - 5} more pairs`)
    return dataSet
  } finally {
    process.off('SIGINT', onInterrupt)
  }
}

/** A source has to be looked at for what its pictures propose. */
async function optionsFor(
  paths: readonly string[],
  flags: ImportFlags,
  name: string | undefined,
  signal: AbortSignal,
): Promise<ImportOptions> {
  for await (const { preview } of scan(paths, null, signal)) {
    if (preview === null) continue
    for (const warning of preview.warnings) tell(`note: ${warning}`)
    return withFlags(preview.options, flags, name)
  }
  throw new Error('The scan ended without a preview.')
}

async function follow(
  paths: readonly string[],
  options: ImportOptions,
  signal: AbortSignal,
): Promise<ImportReport> {
  let told = performance.now()
  for await (const { phase, done, total, report } of importSource(paths, options, signal)) {
    if (report !== null) return report
    if (phase !== 'reading' || performance.now() - told < 2000) continue
    tell(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} pictures read`)
    told = performance.now()
  }
  throw new Error('The import ended without a report.')
}

export const writeSkipped = (
  file: string,
  skipped: readonly { readonly name: string; readonly reason: string }[],
): Promise<void> =>
  writeFileWhole(
    file,
    stringify([['picture', 'reason'], ...skipped.map(({ name, reason }) => [name, reason])]),
  )

export function inWords({
  name,
  trainCount,
  testCount,
  classes,
  width,
  height,
  channels,
}: ImportedDataSet): string {
  const colour = channels === 3 ? 'in colour' : 'in grey'
  return `"${name}": ${trainCount} training and ${testCount} test images of ${width} x ${height} ${colour}, ${classes.length} classes`
}
