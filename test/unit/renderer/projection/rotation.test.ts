import { describe, expect, it } from 'vitest'
import { axisTitles, farOf, type Scene, xOf, yOf } from '../../../../src/renderer/explorer/scene.ts'
import { ballOf, type Rotation, rotationOf, turnOf } from '../../../../src/renderer/explorer/turn.ts'
import { axisArms, shortName } from '../../../../src/renderer/projection/axis-arms.ts'
import { identity, sides, turnedBy } from '../../../../src/renderer/projection/rotation.ts'
import { seededRandom } from '../../../../src/renderer/projection/seeded-random.ts'

const row = (rotation: Rotation, i: number) => rotation.slice(3 * i, 3 * i + 3)
const inner = (a: readonly number[], b: readonly number[]) => a.reduce((sum, v, i) => sum + v * b[i]!, 0)

function isRotation(rotation: Rotation): void {
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++)
      expect(inner(row(rotation, i), row(rotation, j))).toBeCloseTo(i === j ? 1 : 0, 12)
  const [a, b, c, d, e, f, g, h, i] = rotation
  expect(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)).toBeCloseTo(1, 12)
}

describe('turning', () => {
  it('takes what is near along with the hand: to the right, and down', () => {
    const near = [0, 0, -1]
    expect(inner(row(turnedBy(identity, 0.1, 0), 0), near)).toBeCloseTo(Math.sin(0.1))
    expect(inner(row(turnedBy(identity, 0, 0.1), 1), near)).toBeCloseTo(-Math.sin(0.1))
  })

  it('by the same angles back is as it was', () => {
    const there = turnedBy(identity, 0.7, 0)
    turnedBy(there, -0.7, 0).forEach((value, i) => {
      expect(value).toBeCloseTo(identity[i]!, 12)
    })
  })

  it('stays a rotation after ten thousand steps', () => {
    const random = seededRandom(1)
    let rotation = identity
    for (let i = 0; i < 10_000; i++) rotation = turnedBy(rotation, random() - 0.5, random() - 0.5)
    isRotation(rotation)
  })

  it.each(sides)('$name is a side', ({ rotation }) => isRotation(rotation))

  it('shows points where the rotation says, near ones as near, and is told from the turn again', () => {
    const random = seededRandom(2)
    const values = Float32Array.from({ length: 60 }, () => random() * 6 - 2)
    const flat: Scene = {
      values,
      size: 3,
      count: 20,
      labels: new Uint16Array(20),
      horizontal: 0,
      vertical: 1,
    }
    const ball = ballOf(flat, 2)!
    const rotation = turnedBy(turnedBy(identity, 0.9, 0), 0, -0.4)
    const scene = { ...flat, turn: turnOf(2, rotation, ball) }
    for (let i = 0; i < 20; i++) {
      const off = [0, 1, 2].map(k => values[i * 3 + k]! - ball.pivot[k]!)
      expect(xOf(scene, i)).toBeCloseTo(inner(row(rotation, 0), off) + ball.pivot[0], 5)
      expect(yOf(scene, i)).toBeCloseTo(inner(row(rotation, 1), off) + ball.pivot[1], 5)
      const far = (inner(row(rotation, 2), off) / ball.radius + 1) / 2
      expect(farOf(scene, i)).toBeCloseTo(far, 5)
      expect(far).toBeGreaterThanOrEqual(0)
      expect(far).toBeLessThanOrEqual(1)
    }
    rotationOf(scene.turn).forEach((value, i) => {
      expect(value).toBeCloseTo(rotation[i]!, 10)
    })
    expect(axisTitles(flat)).toEqual({ horizontal: 'Feature 1', vertical: 'Feature 2' })
    expect(axisTitles(scene).horizontal).toBe('Across, turned')
  })
})

describe('the directions of the axes', () => {
  it('point to the right, up and away, the farthest drawn first', () => {
    const arms = axisArms(identity, ['1', '2', '3'], 10)
    expect(arms.map(({ name }) => name)).toEqual(['3', '1', '2'])
    expect(arms[0]).toMatchObject({ x: 0, far: 1 })
    expect(arms[1]).toMatchObject({ x: 10, far: 0.5 })
    expect(arms[2]).toMatchObject({ x: 0, y: -10 })
  })

  it('have short names', () => {
    expect(shortName('PC 1 (43.2%)')).toBe('PC 1')
    expect(shortName('Feature 3')).toBe('3')
  })
})
