import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openDataSet } from '../../src/main/engine/data/open-data-set.ts'
import { augmentBatch } from '../../src/main/engine/twin/augmentation/augment.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { field, openMore, type RunningApp, startApp } from '../support/window.ts'
import { openWindow } from './explore-page.ts'

let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
  await openMore(page)
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const preview = () => page.getByRole('region', { name: 'What a training sees' })

/** Brightness of every pixel of each picture, row after row: the original, then its versions. */
const shown = (): Promise<number[][][]> =>
  preview()
    .locator('li')
    .evaluateAll(rows =>
      rows.map(row =>
        [...row.querySelectorAll('canvas')].map(canvas => {
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
          return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i] as number)
        }),
      ),
    )

/** What a training of this seed sees of the images that the seed draws. */
async function expected(shift: number, seed: number): Promise<number[][][]> {
  const { train } = await openDataSet({ kind: 'digits' })
  const indices = Random.seeded(seed, 'display').sample(train.count, 4)
  const none = { rotation: 0, scaling: 0, elastic: 0, noise: 0 }
  const versions = [1, 2, 3, 4, 5].map(iteration =>
    augmentBatch(train, indices, { ...none, shift }, seed, iteration),
  )
  return Array.from(indices, (index, i) => [
    [...train.pixels.subarray(784 * index, 784 * (index + 1))],
    ...versions.map(all => [...all.subarray(784 * i, 784 * (i + 1))].map(value => Math.round(255 * value))),
  ])
}

describe('the preview of augmentation in the window', () => {
  test('says that nothing is changed where all is zero', async () => {
    await preview().getByText('Nothing is changed').waitFor()
    expect(await shown()).toEqual([])
  })

  test('shows pixel for pixel what a training of the seed would see', async () => {
    await field(page, 'Shift').fill('4')
    await preview().locator('li').nth(3).waitFor()
    const rows = await shown()
    expect(rows).toEqual(await expected(4, 1))
    for (const [original, ...versions] of rows) {
      expect(versions).toHaveLength(5)
      for (const version of versions) expect(version).not.toEqual(original)
    }
  })

  test('draws others by the keyboard', async () => {
    await preview().getByRole('button', { name: 'Draw again' }).focus()
    await page.keyboard.press('Enter')
    const others = await expected(4, 2)
    await vi.waitFor(async () => expect(await shown()).toEqual(others))
  })

  test('is used by everyone', async () => {
    expect(await seriousFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })

  test('is gone where all is zero again', async () => {
    await field(page, 'Shift').fill('0')
    await preview().getByText('Nothing is changed').waitFor()
    expect(await shown()).toEqual([])
  })
})
