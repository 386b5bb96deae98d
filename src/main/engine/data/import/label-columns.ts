import { importLimits } from './limits.ts'
import { endingOf } from './names.ts'
import { partNamed } from './split-names.ts'

/** What the columns of a table of labels hold. */
export interface LabelColumns {
  readonly file: number
  readonly label: number
  readonly split: number | undefined
  /** Names of all columns, from the first row or "column 3". */
  readonly names: readonly string[]
  readonly hasHeader: boolean
  /** Whether the first row calls the label's column by a name for it, and not only its content looks like it. */
  readonly labelIsNamed: boolean
}

/** What people call them, in lower case, letters and digits only; the more telling first. */
const fileNames = [
  'file',
  'filename',
  'filepath',
  'path',
  'image',
  'imagename',
  'imagepath',
  'img',
  'picture',
  'imageid',
  'imageindex',
  'id',
  'name',
]
const labelNames = [
  'label',
  'labels',
  'class',
  'classname',
  'classes',
  'category',
  'target',
  'y',
  'labelname',
  'categoryname',
  'species',
  'breed',
  'diagnosis',
  'findinglabels',
  'tag',
  'classid',
  'labelid',
]
const splitNames = ['split', 'set', 'subset', 'partition', 'part', 'usage', 'dataset']

/**
 * Tells the columns by their names and by what is in them. The file's is the one whose cells name pictures; the label's
 * one named so, or the only other, or the one whose values come back most.
 * @param rows the first of the table @param isPicture whether a cell names one that is there
 * @returns undefined: it is no table of labels for these pictures
 */
export function labelColumns(
  rows: readonly (readonly string[])[],
  isPicture: (cell: string) => boolean,
): LabelColumns | undefined {
  const [first] = rows
  if (first === undefined || first.length < 2) return undefined
  const columns = first.slice(0, importLimits.columns).map((_, i) => i)
  const names = first
    .slice(0, importLimits.columns)
    .map(cell => cell.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  const matches = columns.map(i => share(rows, row => isPicture(row[i] ?? '')))
  const file = best(columns, i => (matches[i] as number) + rankOf(fileNames, names[i]) / 1000)
  if (file === undefined || matches[file] === 0) return undefined
  const cell = first[file] as string
  const hasHeader = !isPicture(cell) && endingOf(cell) === ''
  const body = hasHeader ? rows.slice(1) : rows
  const named = hasHeader ? columns.filter(i => i !== file && rankOf(labelNames, names[i]) > 0) : []
  const split = columns.find(
    i =>
      i !== file &&
      share(body, row => partNamed(row[i] ?? '') !== undefined) === 1 &&
      (!hasHeader || splitNames.includes(names[i] as string) || !named.includes(i)),
  )
  const label =
    best(named, i => rankOf(labelNames, names[i])) ??
    best(
      columns.filter(i => i !== file && i !== split),
      i => -new Set(body.map(row => row[i])).size,
    )
  if (label === undefined || label === split) return undefined
  const shown = first
    .slice(0, importLimits.columns)
    .map((name, i) => (hasHeader && name.trim() !== '' ? name.trim() : `column ${i + 1}`))
  return { file, label, split, names: shown, hasHeader, labelIsNamed: named.includes(label) }
}

const share = (rows: readonly (readonly string[])[], is: (row: readonly string[]) => boolean): number =>
  rows.length === 0 ? 0 : rows.filter(is).length / rows.length

/** Larger for a more telling name, 0 for one that is not among them. */
const rankOf = (known: readonly string[], name: string | undefined): number => {
  const at = name === undefined ? -1 : known.indexOf(name)
  return at < 0 ? 0 : known.length - at
}

/** The first with the highest score; undefined for none. */
function best(columns: readonly number[], score: (column: number) => number): number | undefined {
  const scores = columns.map(score)
  return columns[scores.indexOf(Math.max(...scores))]
}
