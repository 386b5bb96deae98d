import type { Split } from '../../../../shared/contract.ts'
import type { ByteFile } from './byte-file.ts'
import { cleanLabel } from './names.ts'
import { PictureEntry } from './picture-entry.ts'
import type { Skipped, SourceEntry } from './source.ts'
import { type Part, partNamed, splitsOf } from './split-names.ts'

/** Where the pictures of a tree lie: below which folder, and in which part of it. */
export interface Layout {
  /** What every path begins with and says nothing: "flowers/". */
  readonly prefix: string
  /** Split by the name of the folder at the top; null where the folders give none. */
  readonly splits: ReadonlyMap<Part, Split> | null
}

/** Looks through the single folders around a data set, and for train and test folders at its top. */
export function layoutOf(pictures: readonly ByteFile[]): Layout {
  let prefix = ''
  for (;;) {
    const { folders, loose } = topsOf(pictures, prefix)
    const parts = [...folders].map(partNamed)
    if (parts.every(part => part !== undefined)) {
      const splits = splitsOf(parts)
      if (splits !== undefined) return { prefix, splits }
    }
    const [only] = folders
    if (folders.size !== 1 || only === undefined || loose) return { prefix, splits: null }
    // The folder that the pictures themselves lie in is their class's, and no wrapping.
    const within = `${prefix}${only}/`
    if (topsOf(pictures, within).loose) return { prefix, splits: null }
    prefix = within
  }
}

/** Names of the folders right below `prefix`, and whether a picture lies there itself. */
function topsOf(
  pictures: readonly ByteFile[],
  prefix: string,
): { folders: ReadonlySet<string>; loose: boolean } {
  const folders = new Set<string>()
  let loose = false
  for (const { path } of pictures) {
    const end = path.indexOf('/', prefix.length)
    if (end < 0) loose = true
    else folders.add(path.slice(prefix.length, end))
  }
  return { folders, loose }
}

export const splitByFolder = (path: string, { prefix, splits }: Layout): Split | null => {
  if (splits === null) return null
  const part = partNamed(path.slice(prefix.length, path.indexOf('/', prefix.length)))
  return (part !== undefined && splits.get(part)) || null
}

/** Each picture is of the class that its folder at the top is named by, however deep it lies in it. */
export function entriesByFolder(
  pictures: readonly ByteFile[],
  layout: Layout,
): {
  entries: SourceEntry[]
  skipped: Skipped[]
} {
  const entries: SourceEntry[] = []
  const skipped: Skipped[] = []
  for (const picture of pictures) {
    const parts = picture.path.slice(layout.prefix.length).split('/')
    const name = parts[layout.splits === null ? 0 : 1]
    const inFolder = parts.length > (layout.splits === null ? 1 : 2)
    if (!inFolder || name === undefined) {
      skipped.push({ name: picture.path, reason: "it lies in no class's folder." })
      continue
    }
    const label = cleanLabel(name)
    if (label === undefined)
      skipped.push({ name: picture.path, reason: "its folder's name cannot be a class's." })
    else entries.push(new PictureEntry(picture, label, splitByFolder(picture.path, layout)))
  }
  return { entries, skipped }
}
