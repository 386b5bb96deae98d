import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { exportRun } from '../../src/main/engine/exports/formats.ts'
import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { launchBrowser } from '../support/browser.ts'
import { temporaryFolder } from '../support/files.ts'
import { mlp } from '../support/networks.ts'

const hostile = '<script>document.title = "taken"</script><img src="https://example.org/x.png">'

const part = (values: readonly number[], labels: readonly number[]) => ({
  embedding: { values: Float32Array.from(values), count: labels.length, size: 2 },
  labels: Uint16Array.from(labels),
})

const run: Run = {
  config: {
    schemaVersion: 1,
    name: 'two classes',
    created: '2026-01-02T03:04:05.678Z',
    hyperparameters: { ...defaults, margin: 0.75 },
    data: {
      name: hostile,
      source: { kind: 'digits', trainCount: 2, testCount: 3 },
      classes: ['cat', hostile],
      height: 1,
      width: 2,
      channels: 1,
      fingerprint: 'abc',
    },
    backend: { backend: 'cpu', description: 'JavaScript', tensorflow: null, device: 'a processor' },
    iterations: 3,
    trainingSeconds: 1.5,
    quality: { knnAccuracy: 0.875, precisionAt9: null, auc: 0.7, eer: 0.3, eerThreshold: 0.1 },
  },
  losses: Float32Array.of(3, 2, 1),
  network: mlp({ inputSize: 2, hiddenSizes: [2], embeddingSize: 2 }, 1),
  train: part([0, 0, 1, 1], [0, 1]),
  test: part([0, 0, 2, 4, 1, 2], [0, 1, 1]),
}

test('the report opens from a file: what the run is, every point named, and nothing runs or is fetched', async () => {
  const file = join(await temporaryFolder(), 'report.html')
  await exportRun(run, 'report', file)
  const browser = await launchBrowser()
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const said: string[] = []
  const asked: string[] = []
  page.on('console', message => said.push(message.text()))
  page.on('request', request => asked.push(request.url()))
  const address = pathToFileURL(file).href
  await page.goto(address)

  expect(await page.title()).toBe('two classes · Twinlens')
  expect(said).toEqual([])
  expect(asked).toEqual([address])
  expect(await page.getByRole('row', { name: '5-NN accuracy 0.875' }).count()).toBe(1)
  expect(await page.getByRole('row', { name: 'Precision at 9 not measured' }).count()).toBe(1)
  expect(await page.getByRole('row', { name: 'margin 0.75' }).count()).toBe(1)
  expect(await page.locator('circle title').allTextContents()).toEqual([
    'cat, test image 0',
    `${hostile}, test image 1`,
    `${hostile}, test image 2`,
  ])
  // The middle one lies midway, and up is up.
  const places = await page.locator('circle').evaluateAll(all => all.map(one => one.outerHTML))
  expect(places.map(html => /cx="([\d.]+)" cy="([\d.]+)"/.exec(html)?.slice(1).map(Number))).toEqual([
    [12, 388],
    [708, 12],
    [360, 200],
  ])
  expect(await page.getByRole('img', { name: 'Loss from 3.00 to 1.00' }).count()).toBe(1)
})
