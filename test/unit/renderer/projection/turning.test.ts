import { describe, expect, it } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { newEngineState } from '../../../../src/renderer/engine-state.ts'
import { createExplorerState } from '../../../../src/renderer/explorer/explorer-state.ts'
import { identity } from '../../../../src/renderer/projection/rotation.ts'
import { createTurning } from '../../../../src/renderer/projection/turning.ts'

function setUp(size: number) {
  const engine = newEngineState()
  const show = (features: number, iteration = 1) => {
    const values = Float32Array.from({ length: 10 * features }, (_, i) => Math.sin(i))
    engine.points.value = { training: 1, iteration, oldestIteration: iteration, values, size: features }
  }
  show(size)
  const state = effectScope().run(() => {
    const explorer = createExplorerState(engine)
    return { ...explorer, ...createTurning(explorer) }
  })!
  const scene = () => ({
    ...{ values: engine.points.value!.values, size, count: 10, labels: new Uint16Array(10) },
    horizontal: state.horizontal.value,
    vertical: state.vertical.value,
  })
  return { ...state, show, scene }
}

describe('three dimensions', () => {
  it('are seen as they are until somebody turns them', () => {
    const { solid, turning, turnFor, scene, turn, tool } = setUp(3)
    expect(solid.value).toBe(true)
    expect(turnFor(scene())).toBe(null)
    tool.value = 'turn'
    expect(turning.value).toBe(true)
    expect(turnFor(scene())?.right.slice(0, 3)).toEqual([1, 0, 0])
    turn(0.5, 0)
    tool.value = 'move'
    expect(turnFor(scene())?.right[0]).toBeCloseTo(Math.cos(0.5))
    expect(turnFor(scene())?.depth).toBe(2)
  })

  it('stay turned while points stream in', () => {
    const { show, turn, rotation } = setUp(3)
    turn(0.5, 0)
    const turned = rotation.value
    show(3, 2)
    expect(rotation.value).toBe(turned)
  })

  it('are turned back when two features are picked, or when there are no longer three', async () => {
    const { show, turn, rotation, horizontal, solid, tool } = setUp(3)
    turn(0.5, 0)
    horizontal.value = 2
    await nextTick()
    expect(rotation.value).toBe(identity)
    tool.value = 'turn'
    turn(0.5, 0)
    show(2)
    expect(solid.value).toBe(false)
    expect(rotation.value).toBe(identity)
    expect(tool.value).toBe('move')
  })
})

it('two or eight dimensions cannot be turned', () => {
  for (const size of [2, 8]) {
    const { solid, turning, turnFor, scene, tool } = setUp(size)
    tool.value = 'turn'
    expect(solid.value || turning.value).toBe(false)
    expect(turnFor(scene())).toBe(null)
  }
})
