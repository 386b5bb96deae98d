import { describe, expect, it } from 'vitest'
import {
  fileName,
  markersText,
  paperText,
  pixelsOf,
  sizeFault,
  tooLarge,
} from '../../../../src/renderer/figure/figure-fields.ts'
import { withResolution } from '../../../../src/renderer/figure/png-resolution.ts'
import { inSlices } from '../../../../src/renderer/figure/slices.ts'
import { emptyPng } from '../../../support/png.ts'

describe('the resolution in a PNG', () => {
  it('stands behind the header, with the checksum that zlib gives', async () => {
    const { crc32 } = await import('node:zlib')
    const before = emptyPng(3, 2)
    const bytes = new Uint8Array(
      await (await withResolution(new Blob([new Uint8Array(before)]), 300)).arrayBuffer(),
    )
    const view = new DataView(bytes.buffer)
    expect(new TextDecoder().decode(bytes.subarray(37, 41))).toBe('pHYs')
    expect(view.getUint32(41)).toBe(11_811)
    expect(bytes[49]).toBe(1)
    expect(view.getUint32(50)).toBe(crc32(bytes.subarray(37, 50)))
    expect(bytes.length).toBe(before.length + 21)
    expect([...bytes.subarray(54)]).toEqual([...before.subarray(33)])
  })
})

describe('slices', () => {
  it('do everything once and in order, with pauses between', async () => {
    const done: number[] = []
    let pauses = 0
    const slow = (first: number, end: number) => {
      for (let i = first; i < end; i++) done.push(i)
      const until = performance.now() + 9
      while (performance.now() < until);
    }
    await inSlices(1600, slow, undefined, async () => void pauses++)
    expect(done).toEqual([...Array(1600).keys()])
    expect(pauses).toBe(4)
  })

  it('end when they are cancelled', async () => {
    const cancel = new AbortController()
    let done = 0
    const each = (first: number, end: number) => {
      done += end - first
      if (done >= 1000) cancel.abort()
    }
    await expect(inSlices(5000, each, cancel.signal)).rejects.toThrow()
    expect(done).toBe(1000)
  })
})

describe('sizes', () => {
  it('are checked in words', () => {
    expect(sizeFault('Width', '720')).toBe(null)
    for (const text of ['', '199', '4001', '10.5', 'x'])
      expect(sizeFault('Width', text)).toBe('Width must be a whole number from 200 to 4000.')
  })

  it('are told in pixels and on paper', () => {
    expect(pixelsOf(720, 540, 300)).toEqual({ width: 2250, height: 1688 })
    expect(paperText(720, 540)).toBe('191 × 143 mm')
    expect(tooLarge(720, 540, 600)).toBe(null)
    expect(tooLarge(4000, 4000, 300)).toContain('100 million')
    expect(markersText(100_000)).toBe('4.6 MB')
  })

  it('and a title makes a name for the file', () => {
    expect(fileName('PCA of the 8-D: “Ziffern”, äh', 'svg')).toBe('pca-of-the-8-d-ziffern-äh.svg')
    expect(fileName('  ', 'png')).toBe('figure.png')
  })
})
