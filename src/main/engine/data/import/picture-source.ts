import { badFile, TwinlensError } from '../../../../shared/errors.ts'
import type { ByteFile } from './byte-file.ts'
import { entriesByFolder, type Layout, layoutOf } from './class-folders.ts'
import type { FileTree } from './file-tree.ts'
import { entriesByTables, type LabelTable, labelTable } from './label-table.ts'
import { endingOf, folderOf } from './names.ts'
import { PictureLookup } from './picture-lookup.ts'
import type { SortedFiles } from './sort-files.ts'
import type { ImageSource, Skipped } from './source.ts'

/**
 * Picture files with their classes: by a table of labels that lies at the top, or by the folders they are in. A table
 * goes before folders where its first row names a column of labels, or where the folders make no two classes.
 * @throws bad-file, cancelled
 */
export async function pictureSource(
  tree: FileTree,
  { pictures, byKind, skipped }: SortedFiles,
  signal: AbortSignal,
): Promise<ImageSource> {
  const unused: Skipped[] = [...tree.skipped, ...skipped]
  for (const kind of ['idx', 'zip', 'npy'] as const) {
    for (const { path } of byKind[kind]) unused.push({ name: path, reason: 'it is not a picture.' })
  }
  const layout = layoutOf(pictures)
  const folders = entriesByFolder(pictures, layout)
  const classes = new Set(folders.entries.map(({ label }) => label))
  const tables: LabelTable[] = []
  const before = unused.length
  const texts = tablesToTry(byKind.text, pictures, layout, classes.size)
  // A million pictures' names in all their forms take memory that folders alone need not.
  const lookup = new PictureLookup(texts.length === 0 ? [] : pictures)
  for (const file of texts) {
    const table = await tryTable(file, lookup)
    if (typeof table === 'string') unused.push({ name: file.path, reason: table })
    else tables.push(table)
  }
  if (folders.entries.length === 0 && tables.length === 0) {
    const [table] = unused.slice(before)
    const why =
      table === undefined
        ? 'Put each class in a folder, or add a table of labels.'
        : `${table.name}: ${table.reason}`
    throw badFile(tree.where, `none of its pictures has a class. ${why}`)
  }
  const tried = new Set([...unused.map(({ name }) => name), ...tables.map(({ file }) => file.path)])
  for (const { path } of byKind.text) {
    if (!tried.has(path)) unused.push({ name: path, reason: 'it is not a picture.' })
  }
  const named = tables.filter(({ columns }) => columns.labelIsNamed)
  const used = named.length > 0 ? named : classes.size < 2 ? tables : []
  for (const { file } of tables.filter(table => !used.includes(table))) {
    unused.push({ name: file.path, reason: 'the folders give the classes.' })
  }
  const common = { name: tree.name, close: async () => undefined }
  if (used.length === 0) {
    return {
      ...common,
      format: 'a folder per class',
      entries: folders.entries,
      skipped: [...unused, ...folders.skipped],
      columns: new Map(),
    }
  }
  const {
    entries,
    skipped: left,
    columns,
  } = await entriesByTables(pictures, { lookup, layout, tables: used }, signal)
  return {
    ...common,
    format: 'pictures with a table of labels',
    entries,
    skipped: [...unused, ...left],
    columns,
  }
}

/** Opening each of 100,000 notes beside 100,000 pictures takes too long: then only what is called a table is one. */
const mostNotes = 50

/** Texts that lie where a table of labels would: around the classes' folders, in a train or test folder, or by the pictures. */
function tablesToTry(
  texts: readonly ByteFile[],
  pictures: readonly ByteFile[],
  { prefix, splits }: Layout,
  classCount: number,
): ByteFile[] {
  const folders = new Set<string>()
  for (let at = prefix; at !== ''; at = folderOf(at.slice(0, -1))) folders.add(at)
  folders.add('')
  for (const { path } of pictures) {
    if (splits !== null) folders.add(path.slice(0, path.indexOf('/', prefix.length) + 1))
    if (classCount < 2) folders.add(folderOf(path))
  }
  const found = texts.filter(({ path }) => folders.has(folderOf(path)))
  return found.length <= mostNotes ? found : found.filter(({ path }) => /^\.[ct]sv$/.test(endingOf(path)))
}

/** @returns why it is none */
async function tryTable(file: ByteFile, lookup: PictureLookup): Promise<LabelTable | string> {
  try {
    return (
      (await labelTable(file, lookup)) ??
      'it is not a picture, nor a table that names pictures and their classes.'
    )
  } catch (error) {
    if (error instanceof TwinlensError && error.kind === 'bad-file') return error.message
    throw error
  }
}
