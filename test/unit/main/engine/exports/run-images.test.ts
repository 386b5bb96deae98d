import { expect, test } from 'vitest'
import { type DataSet, fingerprint } from '../../../../../src/main/engine/data/data-set.ts'
import { loadDigits } from '../../../../../src/main/engine/data/digits.ts'
import { testImagesOf } from '../../../../../src/main/engine/exports/run-images.ts'
import { madeRun } from '../../../../support/saved-run.ts'

function runOf(of: DataSet, source = of.source) {
  const run = madeRun()
  const data = { ...run.config.data, source, fingerprint: fingerprint(of) }
  return { ...run, config: { ...run.config, data } }
}

test('a run’s test images are those that it was trained with', async () => {
  const data = await loadDigits(20, 30)
  const images = await testImagesOf(runOf(data))
  expect('test' in images && images.test.pixels.every((value, i) => value === data.test.pixels[i])).toBe(true)
  expect('test' in images && images.test.count).toBe(30)
})

test('a data set that is open is taken if it is the run’s, and only then', async () => {
  const [data, other] = [await loadDigits(20, 30), await loadDigits(20, 31)]
  const gone = { kind: 'imported', id: 'f'.repeat(64), trainCount: 20, testCount: 30 } as const
  expect(await testImagesOf(runOf(data, gone), data)).toEqual({ test: data.test })
  const missing = await testImagesOf(runOf(data, gone), other)
  expect(missing).toEqual({ missing: expect.stringContaining('not in the library any more') })
})

test('images that have changed are not taken for the run’s', async () => {
  const [data, other] = [await loadDigits(20, 30), await loadDigits(20, 31)]
  expect(await testImagesOf(runOf(data, other.source))).toEqual({
    missing: expect.stringContaining('no longer those'),
  })
})
