import { describe, expect, it } from 'vitest'
import { Camera } from '../../../../src/renderer/explorer/camera.ts'
import { toX, toY, visibleBounds } from '../../../../src/renderer/explorer/view-transform.ts'

const bounds = { minX: -1, maxX: 1, minY: -1, maxY: 1 }
const larger = { minX: -5, maxX: 5, minY: -5, maxY: 5 }

function newCamera(): Camera {
  const camera = new Camera()
  camera.resize(600, 400)
  camera.aimAt(bounds, false)
  return camera
}

describe('camera', () => {
  it('has no view while there is nothing to see', () => {
    const camera = new Camera()
    camera.resize(600, 400)
    expect(camera.view).toBeNull()
    camera.aimAt(bounds, false)
    expect(camera.view).not.toBeNull()
    camera.aimAt(null, false)
    expect(camera.view).toBeNull()
  })

  it('follows the points until a person zooms, and again after a reset', () => {
    const camera = newCamera()
    camera.zoom(2)
    const { view } = camera
    camera.aimAt(larger, false)
    expect(camera.view).toBe(view)
    camera.reset()
    expect(camera.moves).toBe(2)
    expect(visibleBounds(camera.view!, camera.area).maxX).toBeGreaterThan(5)
  })

  it('follows the points until a person pans', () => {
    const camera = newCamera()
    camera.pan(10, 5)
    const { view } = camera
    camera.aimAt(larger, false)
    expect(camera.view).toBe(view)
  })

  it('does not move for points that hardly do', () => {
    const camera = newCamera()
    for (let i = 0; i < 10; i++) camera.aimAt({ ...bounds, maxX: 1 - i / 100 }, false)
    expect(camera.moves).toBe(1)
  })

  it('fits anew when its pane changes while it follows, and keeps the zoom otherwise', () => {
    const camera = newCamera()
    camera.resize(900, 700)
    expect(visibleBounds(camera.view!, camera.area).minY).toBeGreaterThan(-1.2)
    camera.zoom(4)
    const { scaleX } = camera.view!
    camera.resize(600, 400)
    expect(camera.view!.scaleX).toBe(scaleX)
    expect(camera.zoomed).toBeGreaterThan(4)
  })

  it('moves a strip sideways only', () => {
    const camera = new Camera()
    camera.resize(600, 400)
    camera.aimAt({ minX: 0, maxX: 1, minY: -9.5, maxY: 0.5 }, true)
    const { originY, scaleY } = camera.view!
    camera.zoom(3, 200, 100)
    camera.pan(5, 50)
    camera.lookAt({ minX: 0.4, maxX: 0.5, minY: 0, maxY: 0 })
    expect(camera.view).toMatchObject({ originY, scaleY })
  })

  it('looks at one part close up', () => {
    const camera = newCamera()
    camera.lookAt({ minX: 0.5, maxX: 0.6, minY: 0.5, maxY: 0.6 })
    const { left, top, width, height } = camera.area
    expect(toX(camera.view!, 0.55)).toBeCloseTo(left + width / 2)
    expect(toY(camera.view!, 0.55)).toBeCloseTo(top + height / 2)
    expect(camera.zoomed).toBeGreaterThan(10)
  })
})

describe('a view that is kept', () => {
  it('is none while the camera follows, and is shown again in a window of another size', () => {
    const camera = newCamera()
    expect(camera.chosen).toBeNull()
    camera.zoom(3)
    camera.pan(40, -20)
    const chosen = camera.chosen
    expect(chosen).not.toBeNull()
    const other = newCamera()
    other.choose(chosen)
    expect(other.chosen?.minX).toBeCloseTo(chosen?.minX as number)
    expect(other.chosen?.maxY).toBeCloseTo(chosen?.maxY as number)
    other.resize(900, 900)
    other.choose(chosen)
    const seen = visibleBounds(other.view!, other.area)
    expect(seen.minX).toBeLessThanOrEqual((chosen?.minX as number) + 1e-9)
    expect(seen.maxY).toBeGreaterThanOrEqual((chosen?.maxY as number) - 1e-9)
    other.choose(null)
    expect(other.chosen).toBeNull()
    expect(other.zoomed).toBe(1)
  })

  it('is the same whether the window got its size before or after, until a person moves on', () => {
    const camera = newCamera()
    camera.zoom(3)
    camera.pan(40, -20)
    const { chosen, view } = camera
    const early = newCamera()
    early.resize(300, 250)
    early.choose(chosen)
    early.resize(600, 400)
    expect(early.view?.scaleX).toBeCloseTo(view?.scaleX as number)
    expect(early.view?.originX).toBeCloseTo(view?.originX as number)
    expect(early.view?.originY).toBeCloseTo(view?.originY as number)
    expect(early.chosen).toBe(chosen)
    early.pan(1, 0)
    const { scaleX } = early.view!
    early.resize(900, 700)
    expect(early.view?.scaleX).toBe(scaleX)
  })
})
