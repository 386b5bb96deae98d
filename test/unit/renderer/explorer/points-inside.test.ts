import { expect, it } from 'vitest'
import { Random } from '../../../../src/main/engine/twin/random.ts'
import { isInside, pointsInside } from '../../../../src/renderer/explorer/points-inside.ts'
import type { Scene } from '../../../../src/renderer/explorer/scene.ts'

const random = Random.seeded(5, 'display')
const scene = (count: number): Scene => ({
  values: Float32Array.from({ length: count * 2 }, () => random.uniform() * 2 - 1),
  size: 2,
  count,
  labels: Uint16Array.from({ length: count }, (_, i) => i % 10),
  horizontal: 0,
  vertical: 1,
})

/** How often the polygon winds around a point, by the sum of the angles under which its edges are seen: odd is inside. */
function windings(polygon: Float64Array, x: number, y: number): number {
  let sum = 0
  for (let i = 0; i < polygon.length; i += 2) {
    const j = (i + 2) % polygon.length
    const a = Math.atan2(polygon[i + 1]! - y, polygon[i]! - x)
    const b = Math.atan2(polygon[j + 1]! - y, polygon[j]! - x)
    sum += Math.atan2(Math.sin(b - a), Math.cos(b - a))
  }
  return Math.round(sum / (2 * Math.PI))
}

it('finds exactly the points that an even-odd rule by angles finds, for polygons that cross themselves too', async () => {
  const points = scene(2000)
  for (let turn = 0; turn < 10; turn++) {
    const polygon = Float64Array.from({ length: 14 }, () => random.uniform() * 2 - 1)
    const found = await pointsInside(points, polygon, () => true)
    const expected = Array.from({ length: points.count }, (_, i) => i).filter(
      i => windings(polygon, points.values[2 * i]!, points.values[2 * i + 1]!) % 2 !== 0,
    )
    expect(Array.from(found.indices)).toEqual(expected)
    expect(expected.length).toBeGreaterThan(0)
  }
})

it('counts only points that are shown, a single one too', async () => {
  const points = scene(500)
  const all = Float64Array.of(-2, -2, 2, -2, 2, 2, -2, 2)
  const found = await pointsInside(points, all, index => index === 77)
  expect(Array.from(found.indices)).toEqual([77])
})

it('takes many points in several turns, and finds the same', async () => {
  const points = scene(50_000)
  const circle = Float64Array.from({ length: 400 }, (_, i) => {
    const angle = (Math.floor(i / 2) / 200) * 2 * Math.PI
    return i % 2 === 0 ? 0.5 * Math.cos(angle) : 0.5 * Math.sin(angle)
  })
  const found = await pointsInside(points, circle, () => true)
  const inner = (i: number, r: number) => Math.hypot(points.values[2 * i]!, points.values[2 * i + 1]!) < r
  for (let i = 0; i < points.count; i++) {
    if (inner(i, 0.4999)) expect(found.has(i)).toBe(true)
    if (!inner(i, 0.5)) expect(found.has(i)).toBe(false)
  }
})

it('finds nothing that is no number, and nothing in a polygon of no corners', () => {
  expect(isInside(Float64Array.of(-1, -1, 1, -1, 1, 1), Number.NaN, 0)).toBe(false)
  expect(isInside(new Float64Array(0), 0, 0)).toBe(false)
})

it('tells points on corners and edges as every edge tested one by one tells them', async () => {
  const at = (): number => Math.floor(random.uniform() * 7) - 3
  const points: Scene = {
    ...scene(49),
    values: Float32Array.from(
      { length: 98 },
      (_, i) => (i % 2 === 0 ? (i >> 1) % 7 : Math.floor(i / 14)) - 3,
    ),
  }
  for (let turn = 0; turn < 200; turn++) {
    const polygon = Float64Array.from({ length: 12 }, at)
    const found = await pointsInside(points, polygon, () => true)
    for (let i = 0; i < points.count; i++) {
      expect(found.has(i)).toBe(everyEdge(polygon, points.values[2 * i]!, points.values[2 * i + 1]!))
    }
  }
})

function everyEdge(polygon: Float64Array, x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [polygon[i]!, polygon[i + 1]!, polygon[j]!, polygon[j + 1]!]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}
