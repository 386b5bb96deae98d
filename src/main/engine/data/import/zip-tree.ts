import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl'
import { badFile } from '../../../../shared/errors.ts'
import { breathe } from '../../embedding/breathe.ts'
import { type ByteFile, readingError } from './byte-file.ts'
import { type FileTree, systemBaseName } from './file-tree.ts'
import { importLimits } from './limits.ts'
import { isClutter, shownName, whyNameRefused } from './names.ts'
import type { Skipped } from './source.ts'
import { type ZipContainer, ZipMember } from './zip-member.ts'

/**
 * The files of a zip, of which nothing is unpacked until it is read. What could harm or deceive is left out with the
 * reason: names that lead out, links, encrypted entries, second entries of a name.
 * @throws bad-file: damaged, too many entries, a bomb; cancelled
 */
export async function zipTree(container: ZipContainer, signal: AbortSignal): Promise<FileTree> {
  const { where } = container
  const files: ByteFile[] = []
  const skipped: Skipped[] = []
  const taken = new Set<string>()
  let total = 0
  let entries = 0
  try {
    const zip = await openZip(container)
    if (zip.entryCount > importLimits.entries) throw tooMany(where)
    for await (const entry of zip.eachEntry()) {
      if (++entries > importLimits.entries) throw tooMany(where)
      if (entries % 1000 === 0) await breathe(signal, 'Looking through the zip')
      const { path, refused } = pathOf(entry)
      if (path.endsWith('/') && refused === undefined) continue
      total += entry.uncompressedSize
      checkTotal(total, container)
      const reason = refused ?? whyRefused(entry, path, taken)
      if (reason !== undefined) {
        skipped.push({ name: shownName(path), reason })
        continue
      }
      taken.add(path)
      files.push(new ZipMember(container, entry, path))
    }
  } catch (error) {
    throw readingError(where, error)
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { name: systemBaseName(where).replace(/\.(zip|npz)$/i, ''), where, files, skipped }
}

const tooMany = (where: string) =>
  badFile(where, `it holds more than ${importLimits.entries.toLocaleString('en')} entries.`)

/** A megabyte of a directory is read at once: an entry of it takes some sixty bytes. */
function openZip({ size, slice }: ZipContainer): Promise<ZipFile> {
  let block: { from: number; bytes: Uint8Array } | undefined
  const reader = new (class extends RandomAccessReader {
    override read(
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: (error: Error | null) => void,
    ): void {
      const fill = async (): Promise<void> => {
        if (
          block === undefined ||
          position < block.from ||
          position + length > block.from + block.bytes.length
        ) {
          block = { from: position, bytes: await slice(position, Math.max(length, 1 << 20)) }
        }
        const bytes = block.bytes.subarray(position - block.from, position - block.from + length)
        if (bytes.length < length) throw new Error('it is cut short')
        buffer.set(bytes, offset)
      }
      fill().then(() => callback(null), callback)
    }
  })()
  return fromRandomAccessReaderPromise(reader, size, { autoClose: false, decodeStrings: false })
}

function checkTotal(total: number, { where, size }: ZipContainer): void {
  const bomb = total > importLimits.zipRatioFrom && total > size * importLimits.zipRatio
  if (bomb || total > importLimits.zipBytes) {
    throw badFile(
      where,
      `it would unpack to more than ${Math.round(total / 1e6).toLocaleString('en')} MB: it is a bomb, or damaged.`,
    )
  }
}

/** Its name with "/" between the parts; some archivers of Windows write "\". */
function pathOf(entry: Entry): { path: string; refused?: string } {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
  const parts = name.replaceAll('\\', '/').split('/')
  if (/^([a-z]:|\/|\\)/i.test(name) || parts.includes('..'))
    return { path: name, refused: 'its name leads out of the zip.' }
  const last = parts.at(-1) === '' ? '/' : ''
  return { path: parts.filter(part => part !== '' && part !== '.').join('/') + last }
}

/** Type of a file in the upper half of Unix's attributes: a symbolic link. */
const linkMode = 0xa000

function whyRefused(entry: Entry, path: string, taken: ReadonlySet<string>): string | undefined {
  if (isClutter(path)) return 'it is hidden, or made by the system.'
  if (taken.has(path)) return 'another entry has the same name.'
  if (((entry.externalFileAttributes >>> 16) & 0xf000) === linkMode)
    return 'it is a symbolic link, which is not followed in a zip.'
  if ((entry.generalPurposeBitFlag & 1) !== 0) return 'it is encrypted.'
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    return 'it is compressed in a way that cannot be read.'
  return whyNameRefused(path)
}
