import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CorrectionBook } from '../../../../../src/main/engine/corrections/correction-book.ts'
import { type DataSet, fingerprint } from '../../../../../src/main/engine/data/data-set.ts'
import type { Correction } from '../../../../../src/shared/contract.ts'
import { stripes } from '../../../../support/images.ts'

const setOf = (seed: number): DataSet => ({
  name: 'stripes',
  source: { kind: 'digits', trainCount: 12, testCount: 9 },
  classes: ['a', 'b', 'c'],
  train: stripes(12, 3, { seed }),
  test: stripes(9, 3),
})
const one: Correction = { split: 'train', index: 4, decision: 'relabel', label: 2 }
const other: Correction = { split: 'test', index: 1, decision: 'exclude', label: 1 }
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlens-corrections-'))
  process.env['TWINLENS_DATA'] = folder
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('corrections are there again after a restart, for the images they are of and no others', async () => {
  const book = new CorrectionBook()
  expect(await book.of(setOf(1))).toEqual([])
  const data = setOf(1)
  // Both at once: neither is lost.
  await Promise.all([book.change(data, list => [...list, one]), book.change(data, list => [...list, other])])
  const restarted = new CorrectionBook()
  expect(await restarted.of(setOf(1))).toEqual([one, other])
  expect(await restarted.of(setOf(2))).toEqual([])
  expect(await readdir(join(folder, 'corrections'))).toEqual([`${fingerprint(data)}.json`])
})

test('a file that is none of ours is named, and not overwritten', async () => {
  const data = setOf(3)
  const path = join(folder, 'corrections', `${fingerprint(data)}.json`)
  await writeFile(path, '{"corrections": "what?"}')
  const book = new CorrectionBook()
  await expect(book.of(data)).rejects.toMatchObject({
    kind: 'bad-file',
    message: expect.stringContaining(path),
  })
  await expect(book.change(data, () => [one])).rejects.toMatchObject({ kind: 'bad-file' })
})
