import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { badFile, invalidInput } from '../../../../shared/errors.ts'
import { breathe } from '../../embedding/breathe.ts'
import { type ByteFile, DiskFile, headOf, readingError } from './byte-file.ts'
import { type FileTree, folderTree, systemBaseName, treeOfSeveral } from './file-tree.ts'
import { GunzipFile } from './gunzip-file.ts'
import { idxSource } from './idx-source.ts'
import { importLimits } from './limits.ts'
import { endingOf } from './names.ts'
import { npzSource } from './npz-source.ts'
import { pictureSource } from './picture-source.ts'
import { type PixelTable, pixelTable, pixelTableSource } from './pixel-table.ts'
import { type Kind, kindOf, sniffBytes } from './sniff.ts'
import { type SortedFiles, sortFiles } from './sort-files.ts'
import type { ImageSource, OpenSource, Skipped } from './source.ts'
import { zipTree } from './zip-tree.ts'

/** @throws bad-file, invalid-input, cancelled */
export const openSource: OpenSource = async (paths, signal) => {
  const tree = await openTree(paths, signal)
  return checked(await treeSource(tree, await sortFiles(tree, signal), signal), tree.where)
}

async function openTree(paths: readonly string[], signal: AbortSignal): Promise<FileTree> {
  const chosen = await Promise.all(paths.map(async path => ({ path, ...(await look(path)) })))
  const [first] = chosen
  if (first === undefined) throw invalidInput('Choose a folder or a file.')
  if (chosen.length > 1) return treeOfSeveral(chosen, signal)
  const { path, isFolder, size } = first
  if (isFolder) return folderTree(path, signal)
  const file = new DiskFile(basename(path), path)
  const kind = await contentOf(file)
  if (kind === 'zip') return zipTree({ where: path, size, slice: file.slice }, signal)
  if (kind === 'idx') return treeOfSeveral(await idxSiblings(path), signal)
  if (kind === 'text' && (await pixelTable(file)) === undefined) return treeAround(path, signal)
  return treeOfSeveral(chosen, signal)
}

/** @throws bad-file: nothing there, or neither file nor folder */
async function look(path: string): Promise<{ isFolder: boolean; size: number }> {
  try {
    const found = await stat(path)
    if (!found.isFile() && !found.isDirectory()) throw badFile(path, 'it is neither a file nor a folder.')
    return { isFolder: found.isDirectory(), size: found.size }
  } catch (error) {
    throw readingError(path, error)
  }
}

/** What a file is, or what a gzip file holds. */
async function contentOf(file: ByteFile): Promise<Kind> {
  const kind = kindOf(await headOf(file, sniffBytes))
  return kind === 'gzip' ? kindOf(await headOf(new GunzipFile(file), sniffBytes)) : kind
}

/** A table of labels chosen by itself: it means the pictures of its folder, and other tables there mean nothing. */
async function treeAround(table: string, signal: AbortSignal): Promise<FileTree> {
  const tree = await folderTree(dirname(resolve(table)), signal)
  const own = systemBaseName(table)
  const isOther = ({ path }: { path: string }): boolean =>
    path !== own && !path.includes('/') && /^\.(csv|tsv|txt)$/.test(endingOf(path))
  return { ...tree, where: table, files: tree.files.filter(file => !isOther(file)) }
}

/** A file of images chosen by itself: its labels' file lies beside it under the name that MNIST's pairs have. */
async function idxSiblings(path: string): Promise<{ path: string; isFolder: boolean }[]> {
  const name = basename(path)
  const swaps = [
    ['images', 'labels'],
    ['idx3', 'idx1'],
  ] as const
  const other = swaps.reduce(
    (made, [a, b]) => (made.includes(a) ? made.replace(a, b) : made.replace(b, a)),
    name,
  )
  const beside = join(dirname(path), other)
  const found = other === name ? undefined : await stat(beside).catch(() => undefined)
  const paths = found?.isFile() === true ? [path, beside] : [path]
  return paths.map(each => ({ path: each, isFolder: false }))
}

/** What lies in a tree: pictures go before arrays, and arrays before tables of pixels. */
async function treeSource(tree: FileTree, sorted: SortedFiles, signal: AbortSignal): Promise<ImageSource> {
  if (sorted.pictures.length > 0) return pictureSource(tree, sorted, signal)
  const { byKind } = sorted
  const skipped: Skipped[] = [...tree.skipped, ...sorted.skipped]
  const about = { name: tree.name, where: tree.where, skipped }
  if (byKind.idx.length > 0) return idxSource(about, withoutTwins(byKind.idx))
  if (byKind.npy.length > 0) return npzSource(about, byKind.npy)
  const [archive, ...more] = byKind.zip.filter(({ path }) => endingOf(path) === '.npz')
  if (archive !== undefined && more.length === 0) return nestedNpz(archive, about, signal)
  const tables: PixelTable[] = []
  for (const file of byKind.text) {
    await breathe(signal, 'Looking through the tables')
    const table = await pixelTable(file)
    if (table === undefined) skipped.push({ name: file.path, reason: 'it is no table of pixels.' })
    else tables.push(table)
  }
  if (tables.length > 0) return pixelTableSource(about, tables, signal)
  const [zip] = byKind.zip
  const [damaged] = sorted.skipped
  const why = damaged === undefined ? '' : ` ${damaged.name}: ${damaged.reason}`
  const fault =
    zip === undefined
      ? `there is no picture in it, nor IDX, NumPy arrays or a table of pixels.${why}`
      : `there is no picture in it, but a zip, ${zip.path}. Zips are not opened within others: choose it by itself.`
  throw badFile(tree.where, fault)
}

/** The same file plain and packed, side by side, is one. */
function withoutTwins(files: readonly ByteFile[]): ByteFile[] {
  const byPath = new Map(files.map(file => [file.path, file]))
  return [...byPath.values()]
}

/** An .npz is itself a zip: within a folder or a zip it is the one that is opened, held in memory, and nothing in it again. */
async function nestedNpz(
  file: ByteFile,
  about: { name: string; where: string; skipped: readonly Skipped[] },
  signal: AbortSignal,
): Promise<ImageSource> {
  const bytes = await file.bytes(importLimits.heldBytes)
  const slice = async (from: number, length: number): Promise<Uint8Array> =>
    bytes.subarray(from, from + length)
  const tree = await zipTree({ where: file.where, size: bytes.length, slice }, signal)
  const { byKind } = await sortFiles(tree, signal)
  if (byKind.npy.length === 0) throw badFile(file.where, 'it holds no arrays of NumPy.')
  return npzSource(about, byKind.npy)
}

const mostClasses = 10_000

/** @throws bad-file: no image, one class, too many classes */
function checked(source: ImageSource, where: string): ImageSource {
  const { entries, skipped } = source
  const [first] = entries
  if (first === undefined) {
    const [why] = skipped
    throw badFile(
      where,
      `nothing in it can be used.${why === undefined ? '' : ` ${why.name}: ${why.reason}`}`,
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
