import { describe, expect, it } from 'vitest'
import {
  type Carried,
  mostBytes,
  pictureFrom,
  readPicture,
} from '../../../../src/renderer/search/pictures.ts'
import { encodeFrame } from '../../../../src/shared/rpc/frame.ts'

const file = (name: string, content = 'x') => new File([content], name)
const carrying = (files: File[], isDirectory = false): Carried => ({
  files,
  items: files.map(() => ({ kind: 'file', webkitGetAsEntry: () => ({ isDirectory }) as FileSystemEntry })),
})
const faultOf = async (carried: Carried) => {
  const brought = await pictureFrom(carried)
  return 'fault' in brought ? brought.fault : null
}

describe('pictures that are brought', () => {
  it('are read as they are, undecoded', async () => {
    expect(await pictureFrom(carrying([file('seven.png', 'abc')]))).toEqual({
      picture: { kind: 'picture', name: 'seven.png', file: new Uint8Array([97, 98, 99]) },
    })
  })

  it('are one at a time', async () => {
    const many = Array.from({ length: 200 }, (_, i) => file(`${i}.png`))
    expect(await faultOf(carrying(many))).toBe(
      'These are 200 files: nothing was changed. Drop one picture at a time.',
    )
  })

  it('are not text', async () => {
    expect(await faultOf({ files: [], items: [{ kind: 'string' }] })).toContain('not a file')
  })

  it('are not folders, whether the window can tell or reading fails', async () => {
    expect(await faultOf(carrying([file('photos')], true))).toContain('photos is a folder')
    const unreadable = Object.assign(file('photos'), {
      arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
    })
    expect(await faultOf(carrying([unreadable]))).toContain('photos cannot be read')
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
