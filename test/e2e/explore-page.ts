import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Browser, Page } from 'playwright-core'
import { areaOf } from '../../src/renderer/explorer/draw-axes.ts'
import { boundsOf, type Scene } from '../../src/renderer/explorer/scene.ts'
import { fitView, toX, toY } from '../../src/renderer/explorer/view-transform.ts'
import type { TwinlensContract } from '../../src/shared/contract.ts'
import type { Client } from '../../src/shared/rpc/contract-types.ts'
import { fillSmallJob } from '../support/window.ts'

type Spot = readonly [x: number, y: number]

/** Opens the window, with what it says that nobody should have to read. */
export async function openWindow(browser: Browser, url: string): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })
  const page = await context.newPage()
  const faults: string[] = []
  page.setDefaultTimeout(15_000)
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' || /Content Security Policy/.test(message.text()))
      faults.push(message.text())
  })
  await page.goto(url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: 60_000 })
  return { page, faults }
}

/** Trains the small job to its end and opens the explorer on it. */
export async function trainAndExplore(page: Page): Promise<void> {
  await fillSmallJob(page)
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.locator('.result code').waitFor({ timeout: 60_000 })
  await explore(page)
}

export async function explore(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Explorer' }).click()
  await page.getByRole('tab', { name: /^Selection/ }).click()
  await page.locator('.marks').waitFor()
}

/** The points as the engine has them, with their classes. */
export async function sceneOf(client: Client<TwinlensContract>, testCount = 200): Promise<Scene> {
  const { testLabels } = await client.openData({ trainCount: 500, testCount })
  for await (const { values, size } of client.points(undefined))
    return { values, size, count: testLabels.length, labels: testLabels, horizontal: 0, vertical: 1 }
  throw new Error('The engine has no points.')
}

/** Where every point lies on the page, [x, y] each, while all are in sight. */
export async function spotsOf(page: Page, scene: Scene): Promise<Spot[]> {
  const box = await page.locator('.marks').boundingBox()
  const bounds = boundsOf(scene, 10)
  if (box === null || bounds === null) throw new Error('There is no scatter.')
  const view = fitView(bounds, areaOf(box.width, box.height), true)
  return Array.from({ length: scene.count }, (_, i) => [
    box.x + toX(view, scene.values[i * scene.size] as number),
    box.y + toY(view, scene.values[i * scene.size + 1] as number),
  ])
}

/** Draws with the tool that is set. */
export async function draw(page: Page, corners: readonly Spot[]): Promise<void> {
  const [first, ...others] = corners as [Spot, ...Spot[]]
  await page.mouse.move(...first)
  await page.mouse.down()
  for (const corner of others) await page.mouse.move(...corner, { steps: 4 })
  await page.mouse.up()
}

/**
 * Which spots lie inside a polygon, by the angle that it winds around each; the spots that lie on its edge, as far as a
 * pointer can tell, are told apart.
 */
export function insideOf(
  spots: readonly Spot[],
  polygon: readonly Spot[],
): { inside: number[]; edge: Set<number> } {
  const inside: number[] = []
  const edge = new Set<number>()
  spots.forEach(([x, y], i) => {
    let angle = 0
    polygon.forEach(([ax, ay], k) => {
      const [bx, by] = polygon[(k + 1) % polygon.length] as Spot
      const turn = Math.atan2(by - y, bx - x) - Math.atan2(ay - y, ax - x)
      angle += Math.atan2(Math.sin(turn), Math.cos(turn))
      const length = Math.hypot(bx - ax, by - ay)
      const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length ** 2))
      if (Math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y) < 2) edge.add(i)
    })
    if (Math.round(angle / (2 * Math.PI)) % 2 !== 0) inside.push(i)
  })
  return { inside, edge }
}

/** The table that the selection is exported as. */
export async function exportedRows(page: Page): Promise<Record<string, string>[]> {
  const button = page.getByRole('button', { name: 'Export as CSV' })
  if ((await button.count()) === 0) return []
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return parse(await readFile(await download.path(), 'utf8'), { columns: true })
}

/** Indices of what is selected, read from the file. */
export const selectedIndices = async (page: Page): Promise<number[]> =>
  (await exportedRows(page)).map(row => Number(row['index']))
