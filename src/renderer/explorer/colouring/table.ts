import { parse } from 'csv-parse/browser/esm/sync'

/** A column of a table that was opened beside the images: a value for every test image. */
export type TableColumn =
  | { readonly name: string; readonly kind: 'figure'; readonly values: Float64Array }
  | {
      readonly name: string
      readonly kind: 'categories'
      readonly names: readonly string[]
      /** -1 where there is no value. */
      readonly of: Int32Array
    }

export type ReadTable = { readonly columns: readonly TableColumn[] } | { readonly fault: string }

/** Names of a column that says which image a row is of. */
const indexNames = new Set(['index', 'image', 'image index', 'image_index'])

/** Whole numbers of so few kinds are names of something, such as clusters, and no measure. */
const fewNumbers = 12

const isMissing = (text: string): boolean => text === '' || /^(nan|null|none|na|n\/a)$/i.test(text)

/**
 * Reads a CSV (by commas, semicolons or tabs) with a header and a row a test image in order, or with a column `index` that
 * says which image each row is of; images without a row have no values.
 */
export function readTable(text: string, points: number): ReadTable {
  let rows: string[][]
  try {
    rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    })
  } catch (error) {
    return {
      fault: `It cannot be read as a table: ${error instanceof Error ? error.message : String(error)}.`,
    }
  }
  const [header, ...body] = rows
  if (header === undefined || body.length === 0) return { fault: 'There are no rows below a header.' }
  const fault = headerFault(header) ?? widthFault(header, body)
  if (fault !== null) return { fault }
  const at = header.findIndex(name => indexNames.has(name.toLowerCase()))
  const order = at < 0 ? inOrder(body.length, points) : byIndex(body, at, points)
  if ('fault' in order) return order
  const columns = header.flatMap((name, column) =>
    column === at ? [] : [columnOf(name, column, body, order.of)],
  )
  return columns.length === 0 ? { fault: 'There is no column beside the index.' } : { columns }
}

function delimiterOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/))
  const counts = [',', ';', '\t'].map(mark => [mark, line.split(mark).length] as const)
  return counts.reduce((most, next) => (next[1] > most[1] ? next : most))[0]
}

function headerFault(header: readonly string[]): string | null {
  const seen = new Set<string>()
  for (const [i, name] of header.entries()) {
    if (name === '') return `Column ${i + 1} has no name in the header.`
    if (seen.has(name)) return `Two columns are named “${name}”: give each a name of its own.`
    seen.add(name)
  }
  return null
}

function widthFault(header: readonly string[], body: readonly string[][]): string | null {
  const row = body.findIndex(({ length }) => length !== header.length)
  if (row < 0) return null
  return `Row ${row + 2} has ${body[row]?.length} values, the header ${header.length}.`
}

type Order = { readonly of: Int32Array } | { readonly fault: string }

function inOrder(rows: number, points: number): Order {
  if (rows === points) return { of: Int32Array.from({ length: points }, (_, i) => i) }
  return {
    fault: `The table has ${rows.toLocaleString('en')} rows, and there are ${points.toLocaleString('en')} test images. Give it a row for each, or a column named “index”.`,
  }
}

/** The row of every point; -1 for none. */
function byIndex(body: readonly string[][], at: number, points: number): Order {
  const of = new Int32Array(points).fill(-1)
  for (const [row, cells] of body.entries()) {
    const text = cells[at] as string
    const index = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(index < points))
      return { fault: `Row ${row + 2}: there is no test image “${text}”; the last is ${points - 1}.` }
    if (of[index] !== -1)
      return { fault: `Image ${index} is in two rows: ${(of[index] as number) + 2} and ${row + 2}.` }
    of[index] = row
  }
  return { of }
}

function columnOf(name: string, column: number, body: readonly string[][], order: Int32Array): TableColumn {
  const texts = Array.from(order, row => (row < 0 ? '' : (body[row]?.[column] as string)))
  const present = texts.filter(text => !isMissing(text))
  const distinct = new Set(present)
  const areFigures = present.length > 0 && present.every(text => !Number.isNaN(Number(text)))
  const areNames = distinct.size <= fewNumbers && present.every(text => /^-?\d+$/.test(text))
  if (areFigures && !areNames)
    return {
      name,
      kind: 'figure',
      values: Float64Array.from(texts, text => (isMissing(text) ? Number.NaN : Number(text))),
    }
  const names = [...distinct].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const entries = new Map(names.map((text, i) => [text, i]))
  return { name, kind: 'categories', names, of: Int32Array.from(texts, text => entries.get(text) ?? -1) }
}
