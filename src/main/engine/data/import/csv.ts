import { CsvError, parse } from 'csv-parse'
import { badFile } from '../../../../shared/errors.ts'
import { type ByteFile, headOf, readingError, tooLarge } from './byte-file.ts'
import { importLimits } from './limits.ts'
import { through } from './through.ts'

/** A row of a table and the line it ends on, counted from 1. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** Enough for the first line of any table of labels. */
const headBytes = 64_000

/**
 * Rows of a table in UTF-8 whose cells are divided by comma, semicolon, tab or bar, quoted or not, one after the other.
 * @throws bad-file: UTF-16; a row too long, as after a quote that never ends; more rows than the limit
 */
export async function* csvRows(file: ByteFile): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(file, await headOf(file, headBytes)),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: importLimits.recordBytes,
  })
  const records = through<{ info: { lines: number; bytes: number }; record: string[] }>(file.chunks(), parser)
  let rows = 0
  try {
    for await (const { info, record } of records) {
      if (++rows > importLimits.entries) {
        throw badFile(file.where, `it has more than ${importLimits.entries.toLocaleString('en')} rows.`)
      }
      if (info.bytes > importLimits.tableBytes)
        throw tooLarge(file.where, info.bytes, importLimits.tableBytes)
      yield { line: info.lines, cells: record }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw readingError(file.where, error)
    const { lines } = error as CsvError & { readonly lines?: number }
    const fault =
      error.code === 'CSV_MAX_RECORD_SIZE'
        ? `the row at line ${lines} is too long for a table of labels; a quote may have no end.`
        : `line ${lines} cannot be read as a row of a table.`
    throw badFile(file.where, fault, error)
  }
}

const delimiters = [',', ';', '\t', '|'] as const

/** The divider that the first line has most of. @throws bad-file: UTF-16 */
export function delimiterOf(file: ByteFile, head: Uint8Array): string {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw badFile(file.where, 'it is written in UTF-16. Save it as UTF-8.')
  }
  const [line = ''] = Buffer.from(head).toString('utf8').split(/\r?\n/, 1)
  const counts = delimiters.map(delimiter => line.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))] as string
}
