import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { badFile, invalidInput } from '../../../../shared/errors.ts'
import { headOf, readingError } from './byte-file.ts'
import { type FileTree, folderTree, systemBaseName, treeOfSeveral } from './file-tree.ts'
import { endingOf } from './names.ts'
import { pictureSource } from './picture-source.ts'
import { kindOf, sniffBytes } from './sniff.ts'
import { sortFiles } from './sort-files.ts'
import type { ImageSource, OpenSource } from './source.ts'

/** @throws bad-file, invalid-input, cancelled */
export const openSource: OpenSource = async (paths, signal) => {
  const tree = await openTree(paths, signal)
  const sorted = await sortFiles(tree, signal)
  if (sorted.pictures.length === 0) throw badFile(tree.where, 'there is no picture in it.')
  return checked(await pictureSource(tree, sorted, signal), tree.where)
}

async function openTree(paths: readonly string[], signal: AbortSignal): Promise<FileTree> {
  const chosen = await Promise.all(paths.map(async path => ({ path, isFolder: await isFolder(path) })))
  const [first] = chosen
  if (first === undefined) throw invalidInput('Choose a folder or a file.')
  if (chosen.length > 1) return treeOfSeveral(chosen, signal)
  if (first.isFolder) return folderTree(first.path, signal)
  const alone = await treeOfSeveral(chosen, signal)
  const [file] = alone.files
  const isText = file !== undefined && kindOf(await headOf(file, sniffBytes)) === 'text'
  return isText ? treeAround(first.path, signal) : alone
}

/** A table of labels chosen by itself: it means the pictures of its folder, and other tables there mean nothing. */
async function treeAround(table: string, signal: AbortSignal): Promise<FileTree> {
  const tree = await folderTree(dirname(resolve(table)), signal)
  const own = systemBaseName(table)
  const isOther = ({ path }: { path: string }): boolean =>
    path !== own && !path.includes('/') && /^\.(csv|tsv|txt)$/.test(endingOf(path))
  return { ...tree, where: table, files: tree.files.filter(file => !isOther(file)) }
}

/** @throws bad-file: nothing there, or neither file nor folder */
async function isFolder(path: string): Promise<boolean> {
  try {
    const found = await stat(path)
    if (!found.isFile() && !found.isDirectory()) throw badFile(path, 'it is neither a file nor a folder.')
    return found.isDirectory()
  } catch (error) {
    throw readingError(path, error)
  }
}

const mostClasses = 10_000

/** @throws bad-file: no image, one class, too many classes */
function checked(source: ImageSource, where: string): ImageSource {
  const { entries, skipped } = source
  const [first] = entries
  if (first === undefined) {
    const [why] = skipped.slice(-1)
    const example = why === undefined ? '' : ` ${why.name}: ${why.reason}`
    throw badFile(
      where,
      `none of its pictures has a class. Put each class in a folder, or add a table of labels.${example}`,
    )
  }
  const classes = new Set(entries.map(({ label }) => label))
  if (classes.size < 2) {
    throw badFile(where, `all its images are of one class, "${first.label}"; at least two are needed.`)
  }
  if (classes.size > mostClasses) {
    const count = classes.size.toLocaleString('en')
    throw badFile(
      where,
      `it has ${count} classes; at most ${mostClasses.toLocaleString('en')} can be told apart.`,
    )
  }
  return source
}
