import { link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scene } from '../../src/renderer/explorer/scene.ts'
import { launchBrowser } from '../support/browser.ts'
import { connectClient } from '../support/client.ts'
import { lookInside } from '../support/import-sheet.ts'
import { colourFolder } from '../support/picture-folder.ts'
import { type RunningApp, startApp } from '../support/window.ts'
import { explore, openWindow, spotsOf } from './explore-page.ts'

const classes = ['blue sky', 'green', 'red']
let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
let pictures: string
const folders: string[] = []

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
  pictures = await colourFolder(classes, 20)
  folders.push(pictures)
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const panel = () => page.getByRole('region', { name: 'Data', exact: true })
const library = () => readdir(join(app.dataFolder, 'datasets')).catch(() => [])

test('a folder that is dropped on the page opens the sheet, which says that a browser tells no path', async () => {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'pictures.zip', { type: 'application/zip' }))
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
  })
  await page.getByText('A browser does not tell where a dropped folder or file lies').waitFor()
  await press('Close')
})

test('a running import that is cancelled leaves nothing, and can be started again', async () => {
  const many = await mkdtemp(join(tmpdir(), 'twinlens-many-'))
  folders.push(many)
  for (const name of classes) await mkdir(join(many, name))
  // So many that nobody is too late to cancel: the same sixty files under other names.
  for (let i = 0; i < 9000; i++) {
    const name = classes[i % 3] as string
    await link(join(pictures, name, `${i % 20}.png`), join(many, name, `copy ${i}.png`))
  }
  await press('Import images…')
  await lookInside(page, many)
  await press('Import')
  await press('Cancel the import')
  await page.getByRole('button', { name: 'Import', exact: true }).waitFor()
  await expect.poll(library).toEqual([])
  const { client, close } = await connectClient(app.url)
  expect(await client.dataSets(undefined)).toEqual([])
  close()

  await lookInside(page, pictures)
  await press('Import')
  await press('Done')
  await panel()
    .getByText(/20 × 20 px, colour/)
    .waitFor()
  expect(await library()).toHaveLength(1)
})

test('a click in the explorer on a point of the colour set searches with it, like by brute force, in colour', async () => {
  await page.getByRole('textbox', { name: 'Iterations' }).fill('40')
  await page.getByRole('textbox', { name: 'Batch size' }).fill('20')
  await press('Train')
  await page.locator('.result code').waitFor({ timeout: 60_000 })
  await explore(page)
  const scene = await colourScene()
  const spots = await spotsOf(page, scene)
  const apart = (i: number) =>
    spots.reduce((least, [x, y], k) => {
      const [ax, ay] = spots[i] as readonly [number, number]
      return k === i ? least : Math.min(least, Math.hypot(x - ax, y - ay))
    }, Number.POSITIVE_INFINITY)
  const alone = [...spots.keys()].reduce((best, i) => (apart(i) > apart(best) ? i : best), 0)
  await press('Move')
  await page.mouse.click(...(spots[alone] as [number, number]))
  await page.getByRole('tab', { name: 'Search' }).click()
  await page.locator('.card').getByText(`Test image ${alone}`).first().waitFor()

  const { values, size } = scene
  const at = (i: number, k: number) => values[i * size + k] as number
  const distance = (i: number) =>
    Math.hypot(...Array.from({ length: size }, (_, k) => at(i, k) - at(alone, k)))
  const nearest = [...spots.keys()]
    .filter(i => i !== alone)
    .sort((a, b) => distance(a) - distance(b) || a - b)
    .slice(0, 9)
  const hits = page.getByRole('button', { name: /^\d+: class .*, distance .*, test image \d+$/ })
  await hits.nth(8).waitFor()
  const shown = await hits.evaluateAll(all => all.map(one => one.getAttribute('aria-label') ?? ''))
  expect(shown.map(label => Number(/test image (\d+)$/.exec(label)?.[1]))).toEqual(nearest)
  expect(shown.map(label => /class (.*), distance/.exec(label)?.[1])).toEqual(
    nearest.map(i => classes[scene.labels[i] as number]),
  )
  // Every class has a channel of its own that is the brightest.
  const channels = () =>
    hits.locator('canvas').evaluateAll(all =>
      (all as HTMLCanvasElement[]).map(one => {
        const { data } = one.getContext('2d')!.getImageData(0, 0, one.width, one.height)
        const sums = [0, 1, 2].map(k => data.filter((_, p) => p % 4 === k).reduce((sum, v) => sum + v, 0))
        return sums.indexOf(Math.max(...sums))
      }),
    )
  await expect.poll(channels).toEqual(nearest.map(i => scene.labels[i]))
  expect(faults).toEqual([])
})

/** The points as the engine has them, with their classes. */
async function colourScene(): Promise<Scene> {
  const { client, close } = await connectClient(app.url)
  try {
    const [set] = await client.dataSets(undefined)
    const { testLabels: labels } = await client.openData({ kind: 'imported', id: set?.id ?? '' })
    for await (const { values, size } of client.points(undefined))
      return { values, size, count: labels.length, labels, horizontal: 0, vertical: 1 }
    throw new Error('The engine has no points.')
  } finally {
    close()
  }
}
