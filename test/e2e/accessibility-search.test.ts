import { rm } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, FileChooser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type DigitFile, digitFolder } from '../support/digit-folder.ts'
import { openSearchWindow, type SearchWindow, trainedRun, unfold } from '../support/search-window.ts'
import { type RunningApp, startApp } from '../support/window.ts'

/** A folder, or files. */
type Chosen = Parameters<FileChooser['setFiles']>[0]

let app: RunningApp
let browser: Browser
let folder: string
let files: DigitFile[]

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  const { page } = await openSearchWindow(app, browser)
  await trainedRun(page)
  await page.context().close()
  ;({ folder, files } = await digitFolder(app, [1, 2, 3, 4]))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await browser?.close()
  await app?.close()
})

/** Serious and critical faults by axe, each with where it is. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include('section[aria-label="Search and compare"]')
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')}`))
}

async function chooseFiles(page: Page, button: Locator, what: Chosen): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()])
  await chooser.setFiles(what)
}

/** Each state of the panel, and what one does to come to it from the one before. */
const states: [string, (window: SearchWindow) => Promise<unknown>][] = [
  [
    'a drawing',
    async ({ page, panel }) => {
      const pad = (await unfold(panel, 'Draw a query')).getByRole('application')
      await pad.focus()
      await page.keyboard.press('Space')
      for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Space')
      await panel.getByRole('button', { name: /^9: class/ }).waitFor()
    },
  ],
  ['the way of the queries', ({ panel }) => panel.getByRole('button', { name: 'Random test image' }).click()],
  [
    'a choice of what is searched',
    async ({ panel }) => {
      await unfold(panel, 'What is searched')
      await panel.getByRole('button', { name: 'Class 3', exact: true }).click()
    },
  ],
  [
    'several pictures',
    async ({ page, panel }) => {
      const pictures = files.map(({ path, png }) => ({
        name: path.replace('/', '-'),
        mimeType: 'image/png',
        buffer: png,
      }))
      const broken = { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no') }
      await chooseFiles(page, panel.getByRole('button', { name: 'Open picture…' }), [...pictures, broken])
      await panel.getByText('5 pictures, 1 could not be used').waitFor()
    },
  ],
  [
    'preparation',
    async ({ panel }) => {
      await panel
        .getByRole('button', { name: /^Search with/ })
        .first()
        .click()
      await unfold(panel, 'Preparation')
    },
  ],
  [
    'why two are near',
    async ({ page, panel }) => {
      await panel.getByRole('button', { name: /^1: class/ }).focus()
      await page.keyboard.press('w')
      await panel.getByText(/^They fall/).waitFor()
    },
  ],
  [
    'two folders',
    async ({ page, panel }) => {
      await page.getByRole('tab', { name: 'Compare' }).click()
      const part = await unfold(panel, 'Two folders')
      for (const name of ['Folder A', 'Folder B']) {
        const button = part.getByRole('group', { name }).getByRole('button', { name: 'Folder…' })
        await chooseFiles(page, button, folder)
        await part.getByRole('group', { name }).getByText('4 pictures').waitFor()
      }
      await part.getByRole('table').waitFor()
    },
  ],
]

describe.each(['light', 'dark'] as const)(
  'axe finds no serious or critical fault in the panel in %s',
  scheme => {
    let window: SearchWindow
    beforeAll(async () => {
      window = await openSearchWindow(app, browser, { colorScheme: scheme })
      return () => window.page.context().close()
    })

    test.each(states)('%s', async (_, come) => {
      await come(window)
      // Colours that still fade would be measured half-way.
      await window.page.waitForTimeout(300)
      expect(await faultsOf(window.page)).toEqual([])
    })

    test('and nothing of it is wider than a panel of 300 px', async () => {
      const { page, panel } = window
      await page.setViewportSize({ width: 1112, height: 800 })
      for (const tab of ['Compare', 'Nearest']) {
        await page.getByRole('tab', { name: tab }).first().click()
        const [inner, outer] = await panel
          .locator('.content')
          .evaluate(content => [content.scrollWidth, content.clientWidth])
        expect(outer).toBeLessThanOrEqual(305)
        expect(inner).toBeLessThanOrEqual(outer as number)
      }
    })
  },
)
