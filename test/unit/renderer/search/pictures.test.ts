import { describe, expect, it } from 'vitest'
import { type Carried, loadOf, mostBytes, readPicture } from '../../../../src/renderer/search/pictures.ts'
import { encodeFrame } from '../../../../src/shared/rpc/frame.ts'

const file = (name: string, content = 'x') => new File([content], name)
const carrying = (files: File[], isDirectory = false): Carried => ({
  files,
  items: files.map(({ name }) => ({
    kind: 'file',
    webkitGetAsEntry: () => ({ isDirectory, name }) as FileSystemEntry,
  })),
})

describe('what a drop holds', () => {
  it('is files, as they are, however many', () => {
    const many = Array.from({ length: 200 }, (_, i) => file(`${i}.png`))
    expect(loadOf(carrying(many))).toEqual({ kind: 'files', files: many })
  })

  it('is folders', () => {
    const load = loadOf(carrying([file('cats'), file('dogs')], true))
    expect(load.kind === 'folders' && load.folders.map(({ name }) => name)).toEqual(['cats', 'dogs'])
  })

  it('is not text, nor files and folders at once', () => {
    expect(loadOf({ files: [], items: [{ kind: 'string' }] })).toMatchObject({
      fault: expect.stringContaining('not a file'),
    })
    const [folders, files] = [carrying([file('cats')], true), carrying([file('seven.png')])]
    const both = { files: [file('cats'), file('seven.png')], items: [folders.items[0]!, files.items[0]!] }
    expect(loadOf(both)).toMatchObject({ fault: expect.stringContaining('folders and files') })
  })
})

describe('pictures that are brought', () => {
  it('are read as they are, undecoded', async () => {
    expect(await readPicture(file('seven.png', 'abc'))).toEqual({
      picture: { kind: 'picture', name: 'seven.png', file: new Uint8Array([97, 98, 99]) },
    })
  })

  it('are not folders that the window took for files', async () => {
    const unreadable = Object.assign(file('photos'), {
      arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
    })
    expect(await readPicture(unreadable)).toMatchObject({
      fault: expect.stringContaining('photos cannot be read'),
    })
  })

  it('are refused by their size before a byte of them is read', async () => {
    const huge = Object.defineProperty(file('huge.tiff'), 'size', { value: mostBytes + 1 })
    huge.arrayBuffer = () => Promise.reject(new Error('must not be read'))
    expect(await readPicture(huge)).toEqual({
      fault: 'huge.tiff is too large (34 MB): at most 33 MB can be read.',
    })
  })

  it('of the largest size still fit into one frame when two are compared', () => {
    const file = new Uint8Array(mostBytes)
    const name = 'x'.repeat(255)
    const query = { kind: 'picture', name, file }
    const request = { type: 'request', id: 1, method: 'compare', input: { first: query, second: query } }
    expect(() => encodeFrame(request)).not.toThrow()
  })

  it('do not hide faults of our own', async () => {
    const broken = Object.assign(file('a.png'), { arrayBuffer: () => Promise.reject(new TypeError('a bug')) })
    await expect(readPicture(broken)).rejects.toThrow('a bug')
  })
})
