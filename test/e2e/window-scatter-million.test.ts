import { expect, test } from 'vitest'
import { useScatterPage } from './window-scatter-page.ts'

/** A million points in a real browser: workers of its own files among it. */
const page = useScatterPage()

test('what lies under the pointer is found before the index stands and by it, the same as by looking at every point', async () => {
  const answers = await page().evaluate(async () => {
    const { clouds, paletteOf, plot, randomFrom } = window.lab
    const scene = clouds(1_000_000)
    const one = plot('canvas')
    one.show({ scene, classes: paletteOf(10), palette: paletteOf(10) })
    one.draw()
    const random = randomFrom(7)
    const spots = Array.from({ length: 100 }, () => [58 + random() * 530, 8 + random() * 348] as const)
    const pickAll = () => spots.map(([x, y]) => one.stage.pick(x, y))
    const before = { built: one.stage.index.isBuilt(scene), found: pickAll() }
    while (!one.stage.index.isBuilt(scene)) await new Promise(resolve => setTimeout(resolve, 50))
    const after = pickAll()
    const view = one.stage.camera.view
    const every = spots.slice(0, 20).map(([px, py]) => {
      let [nearest, least] = [-1, 14 ** 2]
      for (let i = 0; i < scene.count; i++) {
        const dx = (view?.originX ?? 0) + (view?.scaleX ?? 0) * (scene.values[2 * i] ?? 0) - px
        const dy = (view?.originY ?? 0) - (view?.scaleY ?? 0) * (scene.values[2 * i + 1] ?? 0) - py
        const distance = dx * dx + dy * dy
        if (distance > least) continue
        least = distance
        nearest = i
      }
      return nearest
    })
    one.stage.dispose()
    return { before, after, every }
  })
  expect(answers.before.built).toBe(false)
  expect(answers.after).toEqual(answers.before.found)
  expect(answers.after.slice(0, 20)).toEqual(answers.every)
  expect(answers.every.filter(index => index >= 0).length).toBeGreaterThan(5)
})

test('a lasso takes exactly the points that a test of every point against every edge takes, hidden ones left out', async () => {
  const { found, every } = await page().evaluate(async () => {
    const { clouds, pointsInside } = window.lab
    const scene = clouds(1_000_000)
    // A wavy ring of 400 corners around some of the clouds.
    const polygon = Float64Array.from({ length: 800 }, (_, i) => {
      const angle = (Math.floor(i / 2) / 400) * 2 * Math.PI
      const away = 0.8 + 0.1 * Math.sin(17 * angle)
      return i % 2 === 0 ? 1 + away * Math.cos(angle) : away * Math.sin(angle)
    })
    const found = await pointsInside(scene, polygon, index => scene.labels[index] !== 1)
    const isInside = (x: number, y: number) => {
      let inside = false
      for (let i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
        const [xi, yi] = [polygon[i] ?? 0, polygon[i + 1] ?? 0]
        const [xj, yj] = [polygon[j] ?? 0, polygon[j + 1] ?? 0]
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
      }
      return inside
    }
    let [every, differing] = [0, 0]
    for (let i = 0; i < scene.count; i++) {
      const inside = scene.labels[i] !== 1 && isInside(scene.values[2 * i] ?? 0, scene.values[2 * i + 1] ?? 0)
      if (inside) every++
      if (inside !== found.has(i)) differing++
    }
    return { found: { size: found.size, differing }, every }
  })
  expect(found.differing).toBe(0)
  expect(found.size).toBe(every)
  expect(found.size).toBeGreaterThan(100_000)
})
