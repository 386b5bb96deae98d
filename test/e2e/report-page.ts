import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { fingerprint } from '../../src/main/engine/data/data-set.ts'
import { loadDigits } from '../../src/main/engine/data/digits.ts'
import { makeExport } from '../../src/main/engine/exports/formats.ts'
import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import { launchBrowser } from '../support/browser.ts'
import { temporaryFolder } from '../support/files.ts'
import { madeRun } from '../support/saved-run.ts'

export const hostile =
  '</script><script>document.title = "taken"</script><img src="https://example.org/x.png">'

/** A run of 20 and 30 digits whose test images fall on a grid, six in a row, the first below on the left. */
export async function gridRun() {
  const data = await loadDigits(20, 30)
  const made = madeRun({ hyperparameters: { margin: 0.75 } })
  const classes = data.classes.map((name, label) => (label === 9 ? hostile : name))
  const values = Float32Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? (i / 2) % 6 : Math.floor(i / 12)))
  const about = { ...made.config.data, classes, fingerprint: fingerprint(data) }
  const run: Run = {
    ...made,
    config: { ...made.config, name: 'on a grid', data: about },
    train: { ...made.train, labels: data.train.labels },
    test: { embedding: { values, count: 30, size: 2 }, labels: data.test.labels },
  }
  return { run, data }
}

/** A run's report as a browser shows it from a file, and what it said and asked for. */
export async function openReport(run: Run) {
  const { content, note } = await makeExport(run, 'report')
  const file = join(await temporaryFolder(), 'report.html')
  await writeFile(file, content as Uint8Array)
  const browser = await launchBrowser()
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page: Page = await context.newPage()
  const said: string[] = []
  const asked: string[] = []
  page.on('console', message => said.push(message.text()))
  page.on('pageerror', error => said.push(error.message))
  page.on('request', request => asked.push(request.url()))
  const address = pathToFileURL(file).href
  await page.goto(address)
  return { page, note, said, asked, address }
}
