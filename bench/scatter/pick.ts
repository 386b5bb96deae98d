/**
 * What picking and selecting take at a million points in a real browser: a pick by one pass, by the index, the index's
 * building, and a lasso around more than 100,000. Run: node bench/scatter/pick.ts
 */
import { join } from 'node:path'
import { launchBrowser } from '../../test/support/browser.ts'
import { serveBuilt } from '../../test/support/built-page.ts'
import { median } from '../statistics.ts'

interface Taken {
  readonly scan: number[]
  readonly index: number[]
  readonly build: number
  readonly lasso: number[]
  readonly selected: number
}

// In words: the window's types are not this program's.
const script = `(async () => {
  const { clouds, paletteOf, plot, pointsInside, randomFrom } = window.lab
  const scene = clouds(1000000)
  const one = plot('canvas', 1200, 700)
  one.show({ scene, classes: paletteOf(10), palette: paletteOf(10) })
  one.draw()
  const random = randomFrom(7)
  const spots = Array.from({ length: 200 }, () => [60 + random() * 1120, 10 + random() * 640])
  const time = work => { const from = performance.now(); work(); return performance.now() - from }
  const picks = () => spots.map(([x, y]) => time(() => one.stage.pick(x, y)))
  const scan = picks()
  const from = performance.now()
  while (!one.stage.index.isBuilt(scene)) await new Promise(resolve => setTimeout(resolve, 20))
  const build = performance.now() - from
  const index = picks()
  const polygon = Float64Array.from({ length: 800 }, (_, i) => {
    const angle = (Math.floor(i / 2) / 400) * 2 * Math.PI
    const away = 0.6 + 0.05 * Math.sin(17 * angle)
    return i % 2 === 0 ? 1.2 + away * Math.cos(angle) : 0.6 + away * Math.sin(angle)
  })
  const lasso = []
  let selected = 0
  for (let i = 0; i < 9; i++) {
    const begin = performance.now()
    selected = (await pointsInside(scene, polygon, one.stage.isShown)).size
    lasso.push(performance.now() - begin)
  }
  return { scan, index, build, lasso, selected }
})()`

const page = await serveBuilt(join(import.meta.dirname, '../../test/fakes/page/scatter'))
const browser = await launchBrowser()
try {
  const opened = await browser.newPage()
  await opened.goto(page.url)
  const { scan, index, build, lasso, selected } = await opened.evaluate<Taken>(script)
  const told = (samples: readonly number[]) =>
    `${median(samples).toFixed(2)} ms, at most ${Math.max(...samples).toFixed(2)} ms`
  console.log(`A pick among 1,000,000 points, one pass over all: ${told(scan)}`)
  console.log(
    `A pick by the index: ${told(index)}; it stands ${(build / 1000).toFixed(1)} s after the points rest`,
  )
  console.log(`A lasso of 400 corners around ${selected.toLocaleString('en')} of them: ${told(lasso)}`)
} finally {
  await browser.close()
  await page.close()
}
