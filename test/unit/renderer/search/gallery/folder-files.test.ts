import { describe, expect, it } from 'vitest'
import {
  chosenFolder,
  droppedFolder,
  picturesOf,
} from '../../../../../src/renderer/search/gallery/folder-files.ts'

const chosen = (path: string): File =>
  Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path })

/** A dropped directory that gives its entries two at a time, as browsers give a hundred. */
function directory(name: string, entries: FileSystemEntry[]): FileSystemDirectoryEntry {
  return {
    name,
    isDirectory: true,
    isFile: false,
    createReader() {
      let at = 0
      return {
        readEntries(give: (some: FileSystemEntry[]) => void) {
          give(entries.slice(at, at + 2))
          at += 2
        },
      }
    },
  } as unknown as FileSystemDirectoryEntry
}
const entry = (name: string): FileSystemEntry =>
  ({
    name,
    isDirectory: false,
    isFile: true,
    file: (give: (file: File) => void) => give(new File(['x'], name)),
  }) as unknown as FileSystemEntry

describe('files of a folder', () => {
  it('have their paths within it, as they were chosen', () => {
    const folder = chosenFolder([chosen('mine/7/a.png'), chosen('mine/b.png')])
    expect(folder?.name).toBe('mine')
    expect(folder?.files.map(({ path }) => path)).toEqual(['7/a.png', 'b.png'])
    expect(chosenFolder([])).toBeNull()
  })

  it('are found however deep and many, as it was dropped', async () => {
    const deep = directory('7', [entry('a.png'), directory('more', [entry('b.png')]), entry('c.png')])
    const folder = await droppedFolder(directory('mine', [deep, entry('d.png'), entry('e.png')]))
    expect(folder.files.map(({ path }) => path)).toEqual([
      '7/a.png',
      '7/more/b.png',
      '7/c.png',
      'd.png',
      'e.png',
    ])
  })

  it('are pictures by their names, in the order a person counts in', () => {
    const files = ['10.png', '2.JPG', 'notes.txt', '1.tiff'].map(path => ({ path, file: chosen(path) }))
    const { others, pictures } = picturesOf({ name: 'mine', files })
    expect(pictures.map(({ path }) => path)).toEqual(['1.tiff', '2.JPG', '10.png'])
    expect(others).toBe(1)
  })
})
