import { type ByteFile, DiskFile } from './byte-file.ts'
import { FolderWalk } from './folder-walk.ts'
import { baseName } from './names.ts'
import type { Skipped } from './source.ts'

/** The files of a folder with all in it, of a zip, or of several things chosen together; sorted by path. */
export interface FileTree {
  /** Its own, as a proposal for the data set's. */
  readonly name: string
  /** What a message names. */
  readonly where: string
  readonly files: readonly ByteFile[]
  readonly skipped: readonly Skipped[]
}

/** @param where of a folder @throws bad-file, cancelled */
export async function folderTree(where: string, signal: AbortSignal): Promise<FileTree> {
  const walk = await FolderWalk.of(where, '', signal)
  return { name: systemBaseName(where), where, ...inOrder(walk) }
}

/** Folders and files chosen together: each is an entry of one tree, by its own name. @throws bad-file, cancelled */
export async function treeOfSeveral(
  paths: readonly { readonly path: string; readonly isFolder: boolean }[],
  signal: AbortSignal,
): Promise<FileTree> {
  const files: ByteFile[] = []
  const skipped: Skipped[] = []
  const taken = new Set<string>()
  for (const { path, isFolder } of paths) {
    const name = systemBaseName(path)
    if (taken.has(name)) {
      skipped.push({ name: path, reason: 'another of this name was chosen with it.' })
      continue
    }
    taken.add(name)
    if (isFolder) {
      const walk = await FolderWalk.of(path, name, signal)
      for (const file of walk.files) files.push(file)
      for (const skip of walk.skipped) skipped.push(skip)
    } else {
      files.push(new DiskFile(name, path))
    }
  }
  const [first] = paths
  const where = first?.path ?? ''
  return { name: systemBaseName(where), where, ...inOrder({ files, skipped }) }
}

/** Trees are sorted by code units, so that they are alike on every system. */
function inOrder({ files, skipped }: { files: readonly ByteFile[]; skipped: readonly Skipped[] }): {
  files: ByteFile[]
  skipped: Skipped[]
} {
  return {
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    skipped: skipped.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

/** The last part of a path of this system, which on Windows may be divided by "\". */
export function systemBaseName(path: string): string {
  const parts = process.platform === 'win32' ? path.replaceAll('\\', '/') : path
  return baseName(parts.replace(/\/+$/, ''))
}
