// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { PointIndex } from '../../../../../src/renderer/explorer/point-index.ts'
import type { Picture } from '../../../../../src/renderer/explorer/scatter-renderer.ts'
import { shrink, shrunkSize } from '../../../../../src/renderer/explorer/thumbnails/shrink.ts'
import { ThumbnailAtlas } from '../../../../../src/renderer/explorer/thumbnails/thumbnail-atlas.ts'
import { ThumbnailView } from '../../../../../src/renderer/explorer/thumbnails/thumbnails.ts'
import { recordingContext } from '../recording-context.ts'
import { everyone, manyPoints } from '../scenes.ts'

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    return recordingContext(this, {})
  } as never)
})

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

function newAtlas() {
  const asked: number[] = []
  const arrived = vi.fn()
  const get = async (index: number) => {
    asked.push(index)
    return new Uint8Array(16)
  }
  return { atlas: new ThumbnailAtlas({ width: 4, height: 4, get }, arrived), asked, arrived }
}

describe('images drawn as points', () => {
  it('are asked for in batches of at most 64, each once', async () => {
    const { atlas, asked, arrived } = newAtlas()
    atlas.want(range(0, 200))
    expect(asked).toHaveLength(64)
    atlas.want(range(0, 200))
    expect(asked).toHaveLength(64)
    await vi.waitUntil(() => atlas.placeOf(199) !== null)
    expect(asked).toEqual(range(0, 200))
    expect(arrived).toHaveBeenCalledTimes(4)
    atlas.want(range(0, 200))
    expect(asked).toHaveLength(200)
  })

  it('have a place each, none shared', async () => {
    const { atlas } = newAtlas()
    atlas.want(range(0, 300))
    await vi.waitUntil(() => atlas.placeOf(299) !== null)
    const places = range(0, 300).map(index => `${atlas.placeOf(index)?.x} ${atlas.placeOf(index)?.y}`)
    expect(new Set(places).size).toBe(300)
  })

  it('go when they have not been seen for longest and room is needed', async () => {
    const { atlas } = newAtlas()
    for (const start of [0, 300, 600]) {
      atlas.want(range(start, start + 300))
      await vi.waitUntil(() => atlas.placeOf(start + 299) !== null)
    }
    atlas.want(range(0, 10))
    atlas.want(range(900, 1200))
    await vi.waitUntil(() => atlas.placeOf(1199) !== null)
    expect(atlas.placeOf(5)).not.toBeNull()
    expect(atlas.placeOf(20)).toBeNull()
    expect(range(0, 1200).filter(index => atlas.placeOf(index) !== null)).toHaveLength(1024)
  })

  it('are forgotten where nobody wants them any more before they came', async () => {
    const { atlas, asked } = newAtlas()
    atlas.want(range(0, 200))
    atlas.want([500])
    await vi.waitUntil(() => atlas.placeOf(500) !== null)
    expect(asked).toEqual([...range(0, 64), 500])
  })

  it('stay points while the engine is away, and are asked for again', async () => {
    let away = true
    const get = vi.fn(async () => {
      if (away) throw new Error('away')
      return new Uint8Array(16)
    })
    const atlas = new ThumbnailAtlas({ width: 4, height: 4, get }, () => {})
    atlas.want([1])
    await vi.waitUntil(() => get.mock.calls.length === 1)
    await Promise.resolve()
    expect(atlas.placeOf(1)).toBeNull()
    away = false
    await vi.waitUntil(() => {
      atlas.want([1])
      return atlas.placeOf(1) !== null
    })
  })

  it('begin close up, with all points in sight and no more than can be told apart', () => {
    const scene = manyPoints(2000)
    const area = { left: 0, top: 0, width: 500, height: 500 }
    const see = (side: number, zoomed: number) => {
      const view = { scaleX: 500 / side, scaleY: 500 / side, originX: 0, originY: 500 }
      const images = new ThumbnailView(() => {})
      images.setSource({ width: 4, height: 4, get: async () => new Uint8Array(16) })
      const shown = (index: number) => scene.labels[index] !== 3
      return images.inSight({ scene, view, area } as Picture, zoomed, new PointIndex(() => () => {}), shown)
    }
    expect(see(1, 1)).toBeNull()
    expect(see(1, 10)).toBeNull()
    const expected = range(0, 2000).filter(
      i => scene.labels[i] !== 3 && scene.values[2 * i]! <= 0.25 && scene.values[2 * i + 1]! <= 0.25,
    )
    expect(see(0.25, 4)?.indices).toEqual(expected)
    expect(see(0.25, 2)).toBeNull()
    expect(see(0.05, 20)!.side).toBeGreaterThan(see(0.25, 4)!.side)
  })

  it('are none without images', () => {
    const view = new ThumbnailView(() => {})
    expect(
      view.inSight({ scene: manyPoints(5) } as Picture, 9, new PointIndex(() => () => {}), everyone),
    ).toBeNull()
  })
})

describe('large images', () => {
  it('are made smaller by the means of squares', () => {
    expect(shrunkSize(28, 28)).toEqual({ width: 28, height: 28 })
    expect(shrunkSize(130, 65)).toEqual({ width: 44, height: 22 })
    const pixels = Uint8Array.from({ length: 128 * 2 }, (_, i) => (i % 128 < 2 ? [0, 100][i % 2]! : 40))
    expect([...shrink(pixels, 128, 2)].slice(0, 2)).toEqual([50, 40])
  })

  it('are made smaller a channel each', () => {
    const pixels = Uint8Array.from({ length: 128 * 2 * 3 }, (_, i) => [10, 20, 200][i % 3] as number)
    pixels[0] = 50
    expect([...shrink(pixels, 128, 2)].slice(0, 6)).toEqual([20, 20, 200, 10, 20, 200])
  })
})
