import { stringify } from 'csv-stringify/sync'
import { correctionsOf } from '../corrections/correct-data-set.ts'
import type { DataSet } from '../data/data-set.ts'
import { heldOutOf } from '../data/hold-out.ts'
import { readColumns } from '../data/library/data-set-columns.ts'

/** By which a reader of the table knows the test images; a column of this name gets another one. */
const indexName = 'index'

/**
 * What the table that a data set was imported with says of its test images beside their class, as a CSV with a row an image.
 * @returns null where there is nothing to tell @throws bad-file
 */
export async function dataTable(data: DataSet): Promise<string | null> {
  const { original, sources } = correctionsOf(data)
  const { source } = original
  if (source.kind !== 'imported' || data.missing !== undefined || heldOutOf(data) !== undefined) return null
  const { trainCount, testCount } = source
  const columns = await readColumns(source.id, trainCount + testCount)
  if (columns.length === 0) return null
  const names = columns.map(({ name }) => (name === indexName ? `${name} (of the table)` : name))
  const rows = Array.from(sources.test, (from, index) => [
    index,
    ...columns.map(({ values }) => values[trainCount + from] as string),
  ])
  return stringify([[indexName, ...names], ...rows])
}
