import { TwinlensError } from '../../../../shared/errors.ts'
import { breathe } from '../../embedding/breathe.ts'
import { type ByteFile, headOf } from './byte-file.ts'
import type { FileTree } from './file-tree.ts'
import { GunzipFile } from './gunzip-file.ts'
import { endingOf } from './names.ts'
import { type Kind, kindOf, sniffBytes } from './sniff.ts'
import type { Skipped } from './source.ts'

/** A tree's files by what they are. */
export interface SortedFiles {
  readonly pictures: readonly ByteFile[]
  readonly byKind: Readonly<
    Record<Exclude<Kind, 'picture' | 'gzip' | 'empty' | 'other'>, readonly ByteFile[]>
  >
  readonly skipped: readonly Skipped[]
}

/** A file of such a name is taken for a picture until it is decoded: 100,000 are not opened only to be listed. */
const pictureEndings = new Set('.png .jpg .jpeg .jpe .jfif .webp .bmp .dib .tif .tiff .gif'.split(' '))
/** Known to be none of what is read; a folder may hold one of them beside every picture. */
const otherEndings = new Set(
  '.json .xml .md .html .pdf .py .js .yml .yaml .log .mat .pkl .h5 .mp4 .avi .mov .mp3 .wav .heic .avif .svg .psd .doc .docx .xls .xlsx .exe .dll'.split(
    ' ',
  ),
)
const filesAtOnce = 16

/** Tells every file by its first bytes, but those whose name says enough. @throws cancelled */
export async function sortFiles(tree: FileTree, signal: AbortSignal): Promise<SortedFiles> {
  const pictures: ByteFile[] = []
  const byKind = { idx: [], zip: [], npy: [], text: [] } as Record<keyof SortedFiles['byKind'], ByteFile[]>
  const skipped: Skipped[] = []
  const take = (file: ByteFile, kind: Kind): void => {
    if (kind === 'picture') pictures.push(file)
    else if (kind === 'empty') skipped.push({ name: file.path, reason: 'it is empty.' })
    else if (kind === 'other' || kind === 'gzip')
      skipped.push({ name: file.path, reason: 'it is not a picture.' })
    else byKind[kind].push(file)
  }
  const unsure: ByteFile[] = []
  for (const file of tree.files) {
    const ending = endingOf(file.path)
    if (pictureEndings.has(ending)) take(file, 'picture')
    else if (otherEndings.has(ending)) take(file, 'other')
    else unsure.push(file)
  }
  for (let from = 0; from < unsure.length; from += filesAtOnce) {
    await breathe(signal, 'Looking through the files')
    const some = unsure.slice(from, from + filesAtOnce)
    for (const found of await Promise.all(some.map(sniff))) {
      if ('reason' in found) skipped.push(found)
      else take(found.file, found.kind)
    }
  }
  pictures.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { pictures, byKind, skipped }
}

/** What a file is; for a packed one what it holds, where that is something that can be packed. */
async function sniff(file: ByteFile): Promise<{ file: ByteFile; kind: Kind } | Skipped> {
  try {
    const kind = kindOf(await headOf(file, sniffBytes))
    if (kind !== 'gzip') return { file, kind }
    const unpacked = new GunzipFile(file)
    const inner = kindOf(await headOf(unpacked, sniffBytes))
    return { file: unpacked, kind: inner === 'idx' || inner === 'text' ? inner : 'other' }
  } catch (error) {
    if (!(error instanceof TwinlensError)) throw error
    return { name: file.path, reason: error.message }
  }
}
