import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openRun, type Run } from '../../src/main/engine/runs/run-folder.ts'
import { launchBrowser } from '../support/browser.ts'
import { emptyPng } from '../support/png.ts'
import { enginePids, field, fillSmallJob, type RunningApp, startApp } from '../support/window.ts'
import { scatterHues } from './window-colours.ts'
import { dropFiles } from './window-drop.ts'

const picture = join(import.meta.dirname, '../fixtures/seven-on-paper.png')
const long = 60_000

let app: RunningApp
let browser: Browser
let page: Page
/** What the page said that nobody should have to read. */
const faults: string[] = []

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  page = await openPage()
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})
beforeEach(() => {
  faults.length = 0
})

async function openPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })
  const opened = await context.newPage()
  opened.setDefaultTimeout(15_000)
  opened.on('pageerror', error => faults.push(error.message))
  opened.on('console', message => {
    if (message.type() === 'error' || /Content Security Policy/.test(message.text()))
      faults.push(message.text())
  })
  await opened.goto(app.url)
  await opened.getByText('Connected', { exact: true }).waitFor({ timeout: long })
  return opened
}

const button = (name: string | RegExp, within: Page | Locator = page): Locator =>
  within.getByRole('button', { name, exact: typeof name === 'string' })
const phase = (text: string): Promise<void> =>
  page.locator('.run-bar .phase', { hasText: new RegExp(`^${text}$`) }).waitFor({ timeout: long })
const iteration = async (): Promise<number> =>
  Number.parseInt((await page.locator('.run-bar .iterations dd').innerText()).replaceAll(',', ''), 10)
const neighbours = (): Locator =>
  page.getByRole('button', { name: /^\d+: class .*, distance .*, test image \d+$/ })

/** Index and distance of each neighbour shown, nearest first. */
async function shownNeighbours(): Promise<{ index: number; distance: number; className: string }[]> {
  await neighbours().nth(8).waitFor({ timeout: long })
  const labels = await neighbours().evaluateAll(all => all.map(one => one.getAttribute('aria-label') ?? ''))
  return labels.map(label => {
    const [, className, distance, index] = /class (.*), distance (.*), test image (\d+)$/.exec(label) ?? []
    return { index: Number(index), distance: Number(distance), className: String(className) }
  })
}

/** The run that the page says it saved. */
async function savedRun(): Promise<Run> {
  const folder = await page.locator('.result code').innerText()
  return openRun(folder.trim())
}

/** Nearest test images of a point, by sorting all of them. */
function bruteForce(run: Run, query: readonly number[], exclude = -1): number[] {
  const { values, size } = run.test.embedding
  return [...run.test.labels.keys()]
    .filter(index => index !== exclude)
    .map(index => ({
      index,
      d: Math.hypot(...query.map((x, k) => x - (values[index * size + k] as number))),
    }))
    .sort((a, b) => a.d - b.d || a.index - b.index)
    .slice(0, 9)
    .map(({ index }) => index)
}

/** Where the page says that a run was saved; '' while it says nothing. */
const savedFolder = async (): Promise<string> => (await page.locator('.result code').allInnerTexts()).join()

/** Trains to the end of a run that was not there before. */
async function trainSmallJob(iterations = 60): Promise<void> {
  await fillSmallJob(page, iterations)
  const before = await savedFolder()
  await button('Train').click()
  for (let folder = before; folder === before || folder === ''; folder = await savedFolder()) {
    await page.waitForTimeout(100)
  }
  await phase('Done')
}

describe('the first screen, without a click', () => {
  test('shows nine digits, ten captioned pairs, the form with the defaults, the backend and Train', async () => {
    const digits = page.getByRole('list', { name: 'Nine random training images' })
    await digits.getByRole('img').nth(8).waitFor()
    expect(await digits.getByRole('img').count()).toBe(9)
    const pairs = page.getByRole('list', { name: 'Ten sample pairs' }).getByRole('listitem')
    expect(await pairs.count()).toBe(10)
    for (const text of await pairs.allInnerTexts()) expect(text).toMatch(/similar|dissimilar/)
    const values = await Promise.all(
      ['Margin', 'Batch size', 'Iterations', 'Learning rate'].map(label => field(page, label).inputValue()),
    )
    expect(values).toEqual(['0.3', '180', '3000', '0.0001'])
    expect(await page.locator('.top-bar').innerText()).toMatch(/TensorFlow 2\.\d+|WebAssembly/)
    expect(await button('Train').isEnabled()).toBe(true)
    expect(faults).toEqual([])
  })

  test('does not scroll at 1280 x 800', async () => {
    const overflow = await page.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement
      return [scrollHeight - clientHeight, scrollWidth - clientWidth]
    })
    expect(overflow).toEqual([0, 0])
  })

  test('another nine come at a press', async () => {
    const canvas = page.getByRole('list', { name: 'Nine random training images' }).locator('canvas').first()
    const pixels = (): Promise<string> => canvas.evaluate(one => (one as HTMLCanvasElement).toDataURL())
    const before = await pixels()
    await button('Show nine others').click()
    await expect.poll(pixels).not.toBe(before)
  })
})

describe('the form', () => {
  test('says beside the field what is wrong as one types, and Train waits', async () => {
    await field(page, 'Margin').fill('-1')
    expect(await page.getByText('Margin must be a number above 0 up to 1000.').isVisible()).toBe(true)
    expect(await button('Train').isDisabled()).toBe(true)
    await button('Reset to defaults').click()
    expect(await field(page, 'Margin').inputValue()).toBe('0.3')
    expect(await button('Train').isEnabled()).toBe(true)
  })

  test('remembers the last values', async () => {
    await field(page, 'Margin').fill('0.75')
    await page.reload()
    await page.getByText('Connected', { exact: true }).waitFor()
    expect(await field(page, 'Margin').inputValue()).toBe('0.75')
    // Another start has another port.
    const next = await startApp()
    await page.goto(next.url)
    await page.getByText('Connected', { exact: true }).waitFor()
    expect(await field(page, 'Margin').inputValue()).toBe('0.75')
    expect(await next.close()).toBe(0)
    await page.goto(app.url)
    await button('Reset to defaults').click()
  })
})

describe('a training', () => {
  test('runs to its end: percent, loss, quality, and the scatter in the classes’ colours', async () => {
    await trainSmallJob()
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('100')
    expect(await page.locator('.result').innerText()).toMatch(/5-NN accuracy\s+\d+(\.\d+)?%/)
    const run = await savedRun()
    expect(run.losses).toHaveLength(60)
    expect(run.config.data).toMatchObject({ source: { trainCount: 500, testCount: 200 } })
    // Every class has its colour among the pixels of the scatter.
    const colours = await page
      .getByRole('group', { name: 'Classes' })
      .locator('button')
      .evaluateAll(all => all.length)
    expect(colours).toBe(10)
    expect(await scatterHues(page)).toBeGreaterThanOrEqual(8)
    expect(faults).toEqual([])
  })

  test('draws its loss, and exports it: as many rows as iterations, the run’s own losses', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), button('CSV').click()])
    const rows = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n')
    const { losses } = await savedRun()
    expect(rows).toHaveLength(losses.length + 1)
    expect(Math.fround(Number(rows[60]!.split(',')[1]))).toBe(losses[59])
    const [png] = await Promise.all([page.waitForEvent('download'), button('PNG').click()])
    expect((await readFile(await png.path())).subarray(1, 4).toString()).toBe('PNG')
  })

  test('pauses, steps, resumes and stops; the chart grows and the run is saved', async () => {
    await fillSmallJob(page, 100_000)
    await button('Train').click()
    await expect.poll(iteration, { timeout: long }).toBeGreaterThan(10)
    await button('Pause').click()
    await phase('Paused')
    await page.waitForTimeout(300)
    const paused = await iteration()
    await page.waitForTimeout(300)
    expect(await iteration()).toBe(paused)
    await button('Step').click()
    await expect.poll(iteration).toBe(paused + 1)
    await button('Resume').click()
    await expect.poll(iteration, { timeout: long }).toBeGreaterThan(paused + 20)
    await button('Stop').click()
    await phase('Stopped')
    const run = await savedRun()
    expect(run.losses).toHaveLength(await iteration())
  })

  test('goes on while the page is loaded again', async () => {
    await fillSmallJob(page, 100_000)
    await button('Train').click()
    await expect.poll(iteration, { timeout: long }).toBeGreaterThan(5)
    const before = await iteration()
    await page.reload()
    await phase('Training')
    await expect.poll(iteration, { timeout: long }).toBeGreaterThan(before)
    await button('Stop').click()
    await phase('Stopped')
    const [download] = await Promise.all([page.waitForEvent('download'), button('CSV').click()])
    const rows = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n')
    expect(rows).toHaveLength((await savedRun()).losses.length + 1)
  })

  test('is seen by a second window, which can stop it', async () => {
    const first = page
    await fillSmallJob(page, 100_000)
    await button('Train').click()
    await phase('Training')
    const second = await openPage()
    await button('Stop', second).click()
    page = first
    await phase('Stopped')
    await second.context().close()
  })
})

describe('searching', () => {
  beforeAll(() => trainSmallJob())

  test('a random test image at a press: its nine nearest, equal to a brute-force computation', async () => {
    await button('Random test image').click()
    const shown = await shownNeighbours()
    const run = await savedRun()
    const title = await page
      .getByText(/^Test image \d+$/)
      .first()
      .innerText()
    const query = Number(/\d+/.exec(title)?.[0])
    const { values } = run.test.embedding
    const at = [values[2 * query] as number, values[2 * query + 1] as number]
    expect(shown.map(({ index }) => index)).toEqual(bruteForce(run, at, query))
    for (const { index, className } of shown) expect(className).toBe(String(run.test.labels[index]))
  })

  test('a click on a point makes it the query', async () => {
    const title = page.getByText(/^Test image \d+$/).first()
    const before = await title.innerText()
    const scatter = page.getByRole('application').last()
    const { width, height } = (await scatter.boundingBox()) as { width: number; height: number }
    // Somewhere in the middle there is a point within reach of the pointer.
    for (let i = 0; i < 40 && (await title.innerText()) === before; i++) {
      await scatter.click({ position: { x: width * (0.3 + 0.01 * i), y: height * (0.35 + 0.007 * i) } })
      await page.waitForTimeout(100)
    }
    expect(await title.innerText()).not.toBe(before)
    await shownNeighbours()
  })

  test('a neighbour becomes the query, and one can go back', async () => {
    const title = page.getByText(/^Test image \d+$/).first()
    const before = await title.innerText()
    const [first] = await shownNeighbours()
    await neighbours().first().click()
    await expect.poll(() => title.innerText()).toBe(`Test image ${first!.index}`)
    await page.getByRole('button', { name: 'Previous query' }).click()
    await expect.poll(() => title.innerText()).toBe(before)
  })

  test('a dropped picture: as dropped, as the network sees it, its nine nearest', async () => {
    await dropFiles(page, [{ name: 'seven.png', type: 'image/png', bytes: await readFile(picture) }])
    await page.getByRole('img', { name: /seven\.png, as it was brought/ }).waitFor()
    await page.getByRole('img', { name: /seven\.png, as the network sees it/ }).waitFor()
    expect(await page.getByRole('list', { name: 'How it was prepared' }).innerText()).toMatch(
      /inverted[\s\S]*scaled to/,
    )
    const shown = await shownNeighbours()
    const distances = shown.map(({ distance }) => distance)
    expect(distances).toEqual([...distances].sort((a, b) => a - b))
  })

  test('a chosen file and a pasted picture too', async () => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Open picture…').click()])
    await chooser.setFiles({ name: 'chosen.png', mimeType: 'image/png', buffer: await readFile(picture) })
    await page.getByRole('img', { name: /chosen\.png, as the network sees it/ }).waitFor()
    await paste('pasted.png', await readFile(picture))
    await page.getByRole('img', { name: /pasted.*, as the network sees it/i }).waitFor()
    await shownNeighbours()
  })

  test('two images are compared: distance and a verdict at a threshold one can move', async () => {
    await page.getByRole('tab', { name: 'Compare' }).click()
    for (const name of ['Image A', 'Image B']) {
      await page
        .getByRole('region', { name })
        .getByRole('button', { name: /Random/ })
        .click()
      await page
        .getByRole('region', { name })
        .getByText(/^Test image \d+$/)
        .waitFor()
    }
    const verdict = page.locator('.verdict')
    await verdict.getByText(/Distance/).waitFor()
    const run = await savedRun()
    const [a, b] = await Promise.all(
      ['Image A', 'Image B'].map(async name => {
        const title = await page
          .getByRole('region', { name })
          .getByText(/^Test image \d+$/)
          .innerText()
        return Number(/\d+/.exec(title)?.[0])
      }),
    )
    const { values } = run.test.embedding
    const expected = Math.hypot(values[2 * a!]! - values[2 * b!]!, values[2 * a! + 1]! - values[2 * b! + 1]!)
    expect(Number(/Distance ([\d.]+)/.exec(await verdict.innerText())?.[1])).toBeCloseTo(expected, 2)
    const slider = page.getByRole('slider').last()
    await slider.focus()
    await page.keyboard.press('End')
    await expect.poll(() => verdict.innerText()).toMatch(/^Similar/)
    await page.keyboard.press('Home')
    await expect.poll(() => verdict.innerText()).toMatch(/^Dissimilar/)
    await page.getByRole('tab', { name: 'Nearest' }).click()
  })

  describe('what cannot be searched with: one sentence, the window unharmed', () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>window.harmed = 1</script></svg>'
    test.each([
      ['text', 'notes.txt', 'text/plain', Buffer.from('only words'), /notes\.txt: it is not a picture/],
      ['an empty file', 'empty.png', 'image/png', Buffer.alloc(0), /empty/],
      [
        'a broken PNG',
        'broken.png',
        'image/png',
        emptyPng(300, 300).subarray(0, 60),
        /broken\.png: it is damaged/,
      ],
      [
        '20,000 x 20,000 pixels',
        'huge.png',
        'image/png',
        emptyPng(20_000, 20_000),
        /huge\.png: it is 20000 x 20000/,
      ],
      ['an SVG with a script', 'evil.svg', 'image/svg+xml', Buffer.from(svg), /evil\.svg: it is SVG/],
    ])('%s', async (_, name, type, bytes, sentence) => {
      await dropFiles(page, [{ name, type, bytes }])
      const alert = page.getByRole('region', { name: 'Search and compare' }).getByRole('alert')
      await alert.getByText(sentence).waitFor({ timeout: long })
      expect(await page.evaluate(() => 'harmed' in window)).toBe(false)
      await button('Close this message').click()
      await button('Random test image').click()
      await shownNeighbours()
      expect(faults).toEqual([])
    })

    test('201 files at once', async () => {
      await dropFiles(
        page,
        Array.from({ length: 201 }, (_, i) => ({
          name: `${i}.png`,
          type: 'image/png',
          bytes: Buffer.from('x'),
        })),
      )
      await page
        .getByRole('alert')
        .getByText(/At most 200 get a row each/)
        .waitFor()
      await button('Close this message').click()
    })
  })

  async function paste(name: string, bytes: Buffer): Promise<void> {
    await page.evaluate(
      ([file, base64]) => {
        const data = new DataTransfer()
        const content = Uint8Array.from(atob(base64 as string), character => character.charCodeAt(0))
        data.items.add(new File([content], file as string, { type: 'image/png' }))
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
      },
      [name, bytes.toString('base64')],
    )
  }
})

describe('an engine that is killed in mid training', () => {
  test('is started again, the window says so and goes on', async () => {
    await fillSmallJob(page, 100_000)
    await button('Train').click()
    await expect.poll(iteration, { timeout: long }).toBeGreaterThan(5)
    const [pid] = enginePids(app)
    process.kill(pid as number, 'SIGKILL')
    await page.getByText(/The engine stopped unexpectedly and was started again/).waitFor({ timeout: long })
    await page.getByText('Connected', { exact: true }).waitFor({ timeout: long })
    await trainSmallJob()
    expect((await savedRun()).losses).toHaveLength(60)
  })
})

test('the whole job without a pointer', async () => {
  page = await openPage()
  const { keyboard } = page
  const focus = async (reached: () => Promise<boolean>): Promise<void> => {
    for (let i = 0; i < 80; i++) {
      if (await reached()) return
      await keyboard.press('Tab')
    }
    throw new Error('The Tab key does not reach it.')
  }
  const focused = (matcher: RegExp) => (): Promise<boolean> =>
    page.evaluate(source => {
      const element = document.activeElement
      const label = element?.id ? document.querySelector(`label[for="${element.id}"]`)?.textContent : null
      const name = label ?? element?.getAttribute('aria-label') ?? element?.textContent ?? ''
      return new RegExp(source).test(name.trim())
    }, matcher.source)
  await focus(focused(/^Iterations/))
  await keyboard.press('Control+A')
  await keyboard.type('40')
  await focus(focused(/^More/))
  await keyboard.press('Enter')
  await focus(focused(/^Training images/))
  await keyboard.press('Control+A')
  await keyboard.type('300')
  await focus(focused(/^Test images/))
  await keyboard.press('Control+A')
  await keyboard.type('100')
  await keyboard.press('Control+Enter')
  // The training before this one is done too.
  await page.getByText('40 of 40', { exact: true }).waitFor({ timeout: long })
  await phase('Done')
  await focus(() =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-roledescription') === 'scatter plot'),
  )
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowUp')
  await keyboard.press('Enter')
  await shownNeighbours()
  await focus(focused(/^1: class/))
  await keyboard.press('Enter')
  await shownNeighbours()
})
