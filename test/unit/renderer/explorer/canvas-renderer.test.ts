// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CanvasRenderer, contextOf } from '../../../../src/renderer/explorer/canvas-renderer.ts'
import { PointSet } from '../../../../src/renderer/explorer/point-set.ts'
import type { Picture } from '../../../../src/renderer/explorer/scatter-renderer.ts'
import { sceneOf } from './scenes.ts'

const side = 100
const picture: Picture = {
  scene: sceneOf([
    [0.5, 0.5, 0],
    [0.2, 0.2, 1],
    [7, 7, 0],
    [Number.NaN, 0.5, 0],
  ]),
  view: { scaleX: 100, scaleY: 100, originX: 0, originY: 100 },
  area: { left: 10, top: 0, width: 90, height: 90 },
  hidden: new Set(),
  palette: ['#112233', '#445566'],
  shapes: false,
  radius: 3,
  opacity: 1,
  only: null,
  selected: null,
  colours: null,
  theme: { ink: '', quiet: '', line: '', surface: '#ffffff', accent: '', context: '#cccccc', font: '' },
}

let images: ImageData[]

function newRenderer(ratio = 1) {
  const canvas = document.createElement('canvas')
  const createImageData = (width: number, height: number) => {
    const image = { width, height, data: new Uint8ClampedArray(width * height * 4) } as unknown as ImageData
    images.push(image)
    return image
  }
  const context = { createImageData, putImageData: () => {} } as unknown as CanvasRenderingContext2D
  const renderer = new CanvasRenderer(canvas, context)
  renderer.resize(side, side, ratio)
  return renderer
}

/** Red, green, blue and opacity of a device pixel of the last image. */
function pixel(x: number, y: number, width = side): number[] {
  return [...(images.at(-1)?.data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4) ?? [])]
}
const covered = (): number => images.at(-1)?.data.filter((value, i) => i % 4 === 3 && value > 0).length ?? 0

beforeEach(() => {
  images = []
})

describe('canvas renderer', () => {
  it("draws a point in its class's colour where it lies, upwards being more", () => {
    newRenderer().draw(picture)
    expect(pixel(50, 50)).toEqual([0x11, 0x22, 0x33, 255])
    expect(pixel(20, 80)).toEqual([0x44, 0x55, 0x66, 255])
    expect(pixel(20, 20)).toEqual([0, 0, 0, 0])
  })

  it('draws in device pixels', () => {
    newRenderer(2).draw(picture)
    expect(pixel(100, 100, side * 2)).toEqual([0x11, 0x22, 0x33, 255])
  })

  it('leaves hidden classes out', () => {
    newRenderer().draw({ ...picture, hidden: new Set([1]) })
    expect(pixel(50, 50)[3]).toBe(255)
    expect(pixel(20, 80)[3]).toBe(0)
  })

  it('leaves out what "only these" leaves out', () => {
    newRenderer().draw({ ...picture, only: PointSet.of(4, [1]) })
    expect(pixel(50, 50)[3]).toBe(0)
    expect(pixel(20, 80)).toEqual([0x44, 0x55, 0x66, 255])
  })

  it('draws what is selected in its colour over the others in grey', () => {
    const at = (label: number) => [0.5, 0.5, label] as const
    const scene = sceneOf([at(0), at(1), [0.2, 0.2, 1]])
    newRenderer().draw({ ...picture, scene, selected: PointSet.of(3, [0]) })
    expect(pixel(50, 50)).toEqual([0x11, 0x22, 0x33, 255])
    expect(pixel(20, 80).slice(0, 3)).toEqual([0xcc, 0xcc, 0xcc])
    expect(pixel(20, 80)[3]).toBeLessThan(255)
  })

  it('takes other colours than the classes where they are given, and still hides by class', () => {
    const colours = {
      name: 'Split',
      of: Uint16Array.of(1, 0, 0, 0),
      palette: ['#0a0b0c', '#aabbcc'],
      legend: ['train', 'test'],
      kind: 'categories',
    } as const
    newRenderer().draw({ ...picture, colours, hidden: new Set([1]) })
    expect(pixel(50, 50)).toEqual([0xaa, 0xbb, 0xcc, 255])
    expect(pixel(20, 80)[3]).toBe(0)
  })

  it('lays translucent markers over one another until they cover', () => {
    const many = (count: number) => sceneOf(Array.from({ length: count }, () => [0.5, 0.5, 0] as const))
    newRenderer().draw({ ...picture, opacity: 0.4, scene: many(1) })
    const one = pixel(50, 50)[3] as number
    newRenderer().draw({ ...picture, opacity: 0.4, scene: many(20) })
    expect(one).toBe(102)
    expect(pixel(50, 50)).toEqual([0x11, 0x22, 0x33, 255])
  })

  it('draws turned points where their turn puts them', () => {
    const scene = {
      ...sceneOf([[0.2, 0.5, 0]]),
      turn: { depth: 0, right: [0, 1, 0, 0], up: [1, 0, 0, 0], away: [0, 0, 0, -1] },
    } as const
    newRenderer().draw({ ...picture, scene })
    expect(pixel(50, 80)[3]).toBe(255)
    expect(pixel(20, 50)[3]).toBe(0)
  })

  it('draws turned points smaller and fainter the farther they are', () => {
    const drawn = (away: number) => {
      const turn = { depth: 0, right: [1, 0, 0, 0], up: [0, 1, 0, 0], away: [0, 0, 0, away] } as const
      newRenderer().draw({ ...picture, scene: { ...sceneOf([[0.5, 0.5, 0]]), turn } })
      let pixels = 0
      for (let x = 40; x < 60; x++) for (let y = 40; y < 60; y++) if (pixel(x, y)[3]! > 0) pixels++
      return { pixels, strength: pixel(50, 50)[3]! }
    }
    const [near, far] = [drawn(-1), drawn(1)]
    expect(far.pixels).toBeLessThan(near.pixels)
    expect(near.strength).toBe(255)
    expect(far.strength).toBe(Math.round(255 * 0.45))
  })

  it('cuts points off at the axes', () => {
    newRenderer().draw({ ...picture, scene: sceneOf([[0.1, 0.1, 0]]) })
    expect(pixel(10, 89)[3]).toBe(255)
    expect(pixel(9, 89)[3]).toBe(0)
    expect(pixel(10, 90)[3]).toBe(0)
  })

  it('draws later points over earlier ones, whatever their class', () => {
    const at = (label: number) => [0.5, 0.5, label] as const
    newRenderer().draw({ ...picture, scene: sceneOf([at(1), at(0)]) })
    expect(pixel(50, 50).slice(0, 3)).toEqual([0x11, 0x22, 0x33])
    newRenderer().draw({ ...picture, scene: sceneOf([at(0), at(1)]) })
    expect(pixel(50, 50).slice(0, 3)).toEqual([0x44, 0x55, 0x66])
  })

  it('gives classes shapes where that is wished for', () => {
    newRenderer().draw(picture)
    const discs = covered()
    newRenderer().draw({ ...picture, shapes: true })
    expect(covered()).not.toBe(discs)
  })

  it('draws into one image until the size changes, and begins each picture blank', () => {
    const renderer = newRenderer()
    renderer.draw(picture)
    renderer.draw(null)
    expect(images).toHaveLength(1)
    expect(covered()).toBe(0)
    renderer.resize(side, side, 2)
    renderer.draw(picture)
    expect(images).toHaveLength(2)
  })

  it('draws nothing into a pane without any size', () => {
    const renderer = newRenderer()
    renderer.resize(0, 0, 1)
    renderer.draw(picture)
    expect(images).toHaveLength(0)
  })

  it('says so where the browser gives no canvas', () => {
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
    expect(() => contextOf(document.createElement('canvas'))).toThrow('no canvas')
  })
})
