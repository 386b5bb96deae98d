import { describe, expect, it, vi } from 'vitest'
import { effectScope, watch } from 'vue'
import type { FolderFiles } from '../../../../../src/renderer/search/gallery/folder-files.ts'
import { createFolders } from '../../../../../src/renderer/search/gallery/folders-state.ts'
import { trainedEngine } from '../engines.ts'

const file = (path: string, length = 10) => ({ path, file: new File([new Uint8Array(length)], path) })
const folder = (...files: ReturnType<typeof file>[]): FolderFiles => ({ name: 'mine', files })

async function newFolders() {
  const { engine, fake } = await trainedEngine()
  return { folders: effectScope(true).run(() => createFolders(engine))!, engine, fake }
}

describe('folders', () => {
  it('are brought with the names and classes of their pictures, and what could not be used is said', async () => {
    const { engine, folders } = await newFolders()
    const files = [file('7/b.png', 37), file('x/a.png', 12), file('7/empty.png', 0), file('notes.txt')]
    const brought = await folders.bring(folder(...files))
    expect(brought).toMatchObject({ name: 'mine', names: ['7/b.png', 'x/a.png'] })
    expect(brought?.refused).toEqual(['1 file is no picture.', '7/empty.png: it is empty.'])
    expect(folders.folders.value).toEqual([brought])
    expect(folders.bringing.value).toBeNull()
    const { labels, names } = await engine.client.galleryPictures({
      gallery: brought!.gallery,
      indices: Int32Array.of(0, 1),
    })
    expect(names).toEqual(brought?.names)
    expect([...labels]).toEqual([7, 0xffff])
  })

  it('are read in messages, and say how far they are', async () => {
    const { folders, engine } = await newFolders()
    const add = vi.spyOn(engine.client, 'addPictures')
    const seen: (number | undefined)[] = []
    watch(folders.bringing, now => seen.push(now?.done), { flush: 'sync' })
    const brought = await folders.bring(folder(...Array.from({ length: 250 }, (_, i) => file(`${i}.png`))))
    expect(seen).toEqual([0, 100, 200, 250, undefined])
    expect(brought?.names).toHaveLength(250)
    expect(brought?.names[10]).toBe('10.png')
    expect(add.mock.calls.map(([input]) => input.pictures.length)).toEqual([100, 100, 50])
  })

  it('are forgotten when they are cancelled on the way', async () => {
    const { folders, engine } = await newFolders()
    const drop = vi.spyOn(engine.client, 'dropGallery')
    const add = engine.client.addPictures
    vi.spyOn(engine.client, 'addPictures').mockImplementation(async (...input) => {
      const state = await add(...input)
      if (state.count === 200) folders.cancel()
      return state
    })
    const files = Array.from({ length: 250 }, (_, i) => file(`${i}.png`))
    expect(await folders.bring(folder(...files))).toBeNull()
    expect(drop).toHaveBeenCalledTimes(1)
    expect(folders.folders.value).toEqual([])
    expect(folders.bringing.value).toBeNull()
  })

  it('must hold a picture, and one that can be used', async () => {
    const { folders } = await newFolders()
    await expect(folders.bring(folder(file('notes.txt')))).rejects.toThrow('there is no picture in it')
    await expect(folders.bring(folder(file('a.png', 0)))).rejects.toThrow('no picture in it could be used')
    expect(folders.bringing.value).toBeNull()
  })
})
