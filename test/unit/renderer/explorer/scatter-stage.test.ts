import { describe, expect, it } from 'vitest'
import { PointIndex } from '../../../../src/renderer/explorer/point-index.ts'
import { PointSet } from '../../../../src/renderer/explorer/point-set.ts'
import type { Layers } from '../../../../src/renderer/explorer/scatter-layers.ts'
import type { Picture } from '../../../../src/renderer/explorer/scatter-renderer.ts'
import { ScatterStage } from '../../../../src/renderer/explorer/scatter-stage.ts'
import type { Scene } from '../../../../src/renderer/explorer/scene.ts'
import type { Look } from '../../../../src/renderer/explorer/stage-content.ts'
import { manyPoints, sceneOf } from './scenes.ts'

const theme = { ink: '', quiet: '', line: '', surface: '', accent: '', context: '', font: '' }
const look: Look = { hidden: new Set(), only: null, selected: null, shapes: false, names: true, marks: [] }
const classes = Array.from({ length: 10 }, (_, i) => String(i))
const mark = (index: number) => ({ place: { kind: 'point', index } as const, text: '', asked: true })

function newStage(scene: Scene = manyPoints(1000)) {
  const frames: (() => void)[] = []
  const pictures: (Picture | null)[] = []
  const layers: Layers = {
    renderer: {
      kind: 'canvas',
      counts: { pictures: 0, drawCalls: 0, uploads: 0, bytes: 0 },
      dispose: () => {},
    },
    resize: () => {},
    drawPoints: picture => pictures.push(picture),
    drawMarks: () => {},
  }
  const index = new PointIndex(() => () => {})
  const stage = new ScatterStage({ layers, index, nextFrame: draw => frames.push(draw) })
  const show = (of: Scene | null) => stage.show({ scene: of, classes, palette: classes, colours: null })
  /** The screen's next frame. @returns how many draws had been asked for */
  const nextFrame = () => {
    const due = frames.splice(0)
    for (const draw of due) draw()
    return due.length
  }
  stage.setTheme(theme)
  stage.resize(600, 400, 1)
  stage.setLook(look)
  show(scene)
  nextFrame()
  return { stage, pictures, show, nextFrame }
}

describe('scatter stage', () => {
  it('draws once for a frame of the screen, however much has come', () => {
    const { stage, show, nextFrame } = newStage()
    const before = { ...stage.counts }
    for (let i = 0; i < 5; i++) {
      show(manyPoints(1000))
      stage.pan(1, 1)
      stage.zoom(1.1)
    }
    expect(nextFrame()).toBe(1)
    expect(stage.counts).toEqual({ points: before.points + 1, marks: before.marks + 1 })
    expect(nextFrame()).toBe(0)
  })

  it('draws every frame of a training once, builds no index for any, and hands on the very array that came', () => {
    const { stage, pictures, show, nextFrame } = newStage()
    const before = stage.counts.points
    for (let i = 0; i < 20; i++) {
      const scene = manyPoints(1000)
      show(scene)
      nextFrame()
      expect(pictures.at(-1)?.scene.values).toBe(scene.values)
    }
    expect(stage.counts.points).toBe(before + 20)
    expect(stage.index.builds).toBe(0)
  })

  it('leaves the points alone when only the pointer moves', () => {
    const { stage, nextFrame } = newStage()
    const { points, marks } = stage.counts
    stage.point(3)
    nextFrame()
    stage.point(4)
    nextFrame()
    stage.point(4)
    expect(nextFrame()).toBe(0)
    expect(stage.counts).toEqual({ points, marks: marks + 2 })
  })

  it('draws the points anew for hidden classes and other shapes, and not for marks', () => {
    const { stage, nextFrame, pictures } = newStage()
    const { points, marks } = stage.counts
    stage.setLook({ ...look, marks: [mark(1)] })
    nextFrame()
    expect(stage.counts).toEqual({ points, marks: marks + 1 })
    stage.setLook({ ...look, shapes: true })
    nextFrame()
    expect(pictures.at(-1)?.shapes).toBe(true)
    expect(stage.counts.points).toBe(points + 1)
  })

  it('draws the points anew for a selection and for "only these", and picks from these alone', () => {
    const { stage, nextFrame, pictures } = newStage(
      sceneOf([
        [0, 0, 0],
        [1, 0, 1],
        [2, 0, 2],
      ]),
    )
    const { points } = stage.counts
    const selected = PointSet.of(3, [1])
    stage.setLook({ ...look, selected })
    nextFrame()
    expect(pictures.at(-1)?.selected).toBe(selected)
    stage.setLook({ ...look, only: selected })
    nextFrame()
    expect(stage.counts.points).toBe(points + 2)
    const at = (index: number) => stage.positionOf(index)!
    expect(stage.pick(at(0).x, at(0).y)).toBe(-1)
    expect(stage.pick(at(1).x, at(1).y)).toBe(1)
  })

  it('draws nothing once it is disposed of', () => {
    const { stage, nextFrame } = newStage()
    const { points } = stage.counts
    stage.pan(1, 1)
    stage.dispose()
    nextFrame()
    expect(stage.counts.points).toBe(points)
  })

  it('tells of a training that diverged', () => {
    const { show, nextFrame, pictures } = newStage()
    expect(show(sceneOf([[Number.NaN, Number.NaN, 0]]))).toBe(false)
    nextFrame()
    expect(pictures.at(-1)).toBeNull()
    expect(show(null)).toBe(true)
    expect(show(manyPoints(10))).toBe(true)
  })

  it('forgets the zoom for other images and keeps it for the same ones', () => {
    const { stage, show } = newStage()
    stage.zoom(5)
    show(manyPoints(1000))
    expect(stage.camera.zoomed).toBeCloseTo(5)
    show(manyPoints(500))
    expect(stage.camera.zoomed).toBeCloseTo(1)
  })

  it('neither picks nor walks to points of hidden classes', () => {
    const { stage } = newStage(
      sceneOf([
        [0, 0, 0],
        [1, 0, 1],
        [2, 0, 2],
      ]),
    )
    stage.setLook({ ...look, hidden: new Set([1]) })
    const { x, y } = stage.positionOf(1)!
    expect(stage.pick(x, y)).toBe(-1)
    stage.point(0)
    expect(stage.walk('right')).toBe(2)
    expect(stage.walk('next')).toBe(2)
  })

  it('starts walking in the middle and brings what it walks to into sight', () => {
    const { stage } = newStage()
    const first = stage.walk('left')
    expect(first).toBeGreaterThanOrEqual(0)
    stage.point(first)
    stage.zoom(200)
    const next = stage.walk('next')
    stage.point(next, true)
    const { left, top, width, height } = stage.camera.area
    const at = stage.positionOf(next)!
    expect(at.x).toBeGreaterThanOrEqual(left)
    expect(at.x).toBeLessThanOrEqual(left + width)
    expect(at.y).toBeGreaterThanOrEqual(top)
    expect(at.y).toBeLessThanOrEqual(top + height)
  })

  it('picks nothing outside of the axes', () => {
    const { stage } = newStage(sceneOf([[0, 0, 0]]))
    const { x, y } = stage.positionOf(0)!
    expect(stage.pick(x, y)).toBe(0)
    expect(stage.pick(2, y)).toBe(-1)
  })
})
