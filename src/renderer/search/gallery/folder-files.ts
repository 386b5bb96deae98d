/** A file of a folder, with its path within it: "cats/1.png". */
export interface FolderFile {
  readonly path: string
  readonly file: File
}

/** A folder that was dropped or chosen, with all that lies in it, however deep. */
export interface FolderFiles {
  readonly name: string
  readonly files: readonly FolderFile[]
}

const pictureName = /\.(png|jpe?g|webp|bmp|tiff?|gif)$/i

/** By their names: nothing has been read yet. @returns the pictures in the order of their paths, and how many others there are */
export function picturesOf({ files }: FolderFiles): { pictures: FolderFile[]; others: number } {
  const pictures = files
    .filter(({ path }) => pictureName.test(path))
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
  return { pictures, others: files.length - pictures.length }
}

/** From `<input webkitdirectory>`. @returns null where nothing was chosen */
export function chosenFolder(files: readonly File[]): FolderFiles | null {
  const [first] = files
  if (first === undefined) return null
  const name = first.webkitRelativePath.split('/')[0] ?? first.name
  return {
    name,
    files: files.map(file => ({ path: file.webkitRelativePath.slice(name.length + 1) || file.name, file })),
  }
}

/** What a drop calls a folder. @throws DOMException where it cannot be read */
export async function droppedFolder(folder: FileSystemDirectoryEntry): Promise<FolderFiles> {
  const files: FolderFile[] = []
  const walk = async (directory: FileSystemDirectoryEntry, path: string) => {
    for (const entry of await entriesOf(directory)) {
      if (isDirectory(entry)) await walk(entry, `${path}${entry.name}/`)
      else if (isFile(entry)) files.push({ path: path + entry.name, file: await fileOf(entry) })
    }
  }
  await walk(folder, '')
  return { name: folder.name, files }
}

export const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))

/** A reader gives a hundred at a time, and none at the end (File and Directory Entries API, W3C). */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
