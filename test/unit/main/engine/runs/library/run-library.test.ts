import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  binnedRuns,
  binRun,
  emptyBin,
  restoreRun,
} from '../../../../../../src/main/engine/runs/library/bin.ts'
import { compareRuns } from '../../../../../../src/main/engine/runs/library/compare-runs.ts'
import { RunLibrary } from '../../../../../../src/main/engine/runs/library/run-library.ts'
import { changeNotes, readNotes } from '../../../../../../src/main/engine/runs/library/run-notes.ts'
import * as runFolder from '../../../../../../src/main/engine/runs/run-folder.ts'
import { temporaryFolder } from '../../../../../support/files.ts'
import { type MadeRun, madeRun } from '../../../../../support/saved-run.ts'

let folder: string
const place = (name: string) => join(folder, 'runs', name)
const save = (name: string, made: MadeRun = {}) => runFolder.saveRun(place(name), madeRun(made))

beforeEach(async () => {
  folder = await temporaryFolder()
  process.env['TWINLENS_DATA'] = folder
  await mkdir(join(folder, 'runs'))
})

describe('the list of saved runs', () => {
  test('is empty before the first run', async () => {
    expect(await new RunLibrary().list()).toEqual([])
  })

  test('tells what made each and how it came out, newest first', async () => {
    await save('b', { created: '2026-01-01T00:00:00.000Z' })
    await save('a', {
      created: '2026-01-03T00:00:00.000Z',
      hyperparameters: { margin: 2 },
      knnAccuracy: 0.9,
    })
    const [newest, oldest, ...more] = await new RunLibrary().list()
    expect(more).toEqual([])
    expect(oldest?.name).toBe('b')
    expect(newest).toMatchObject({
      name: 'a',
      folder: place('a'),
      notes: { title: '', note: '', tags: [] },
      fault: null,
      about: {
        hyperparameters: { margin: 2 },
        data: { name: 'digits', trainCount: 20, testCount: 30, classes: 3 },
        iterations: 3,
        seconds: 1.5,
        backend: 'cpu',
        quality: { knnAccuracy: 0.9, precisionAt9: null },
      },
      thumbnail: { classes: 3, of: 30, axes: 'features' },
    })
    expect(newest?.thumbnail?.labels).toHaveLength(30)
  })

  test('holds a damaged run with its fault, and leaves it as it is', async () => {
    await save('whole')
    await save('cut')
    await truncate(join(place('cut'), 'embedding.safetensors'), 10)
    await mkdir(place('empty'))
    await mkdir(place('under way.training'))
    const runs = await new RunLibrary().list()
    const byName = new Map(runs.map(run => [run.name, run]))
    expect([...byName.keys()].sort()).toEqual(['cut', 'empty', 'whole'])
    expect(byName.get('whole')?.fault).toBeNull()
    expect(byName.get('cut')).toMatchObject({ about: { iterations: 3 }, thumbnail: null })
    expect(byName.get('cut')?.fault).toMatch(/embedding\.safetensors: it is damaged/)
    expect(byName.get('empty')).toMatchObject({ about: null, thumbnail: null })
    expect(byName.get('empty')?.fault).toMatch(/manifest\.json is missing/)
  })

  test('reads a run once, also in the next process, until its manifest changes', async () => {
    await save('run', { knnAccuracy: 0.25 })
    const first = await new RunLibrary().list()
    const again = await new RunLibrary().list()
    expect(again).toEqual(first)
    await rm(place('run'), { recursive: true })
    await save('run', { knnAccuracy: 0.75, count: 31 })
    const [changed] = await new RunLibrary().list()
    expect(changed?.about?.quality.knnAccuracy).toBe(0.75)
    // What is known is not read again: a list of it comes from the index alone.
    await truncate(join(place('run'), 'embedding.safetensors'), 10)
    expect((await new RunLibrary().list())[0]?.fault).toBeNull()
  })

  test('is made anew where its index is damaged', async () => {
    await save('run')
    const before = await new RunLibrary().list()
    await writeFile(join(folder, 'runs-index.json'), '{"run": 3')
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(await new RunLibrary().list()).toEqual(before)
    told.mockRestore()
  })
})

describe('notes', () => {
  test('are kept beside the run, outside of what its manifest checks', async () => {
    await save('run')
    await changeNotes(place('run'), { note: 'Good.\nVery.', tags: ['best', ' best '] })
    await changeNotes(place('run'), { title: ' First ' })
    expect((await new RunLibrary().of('run')).notes).toEqual({
      title: 'First',
      note: 'Good.\nVery.',
      tags: ['best'],
    })
    expect((await runFolder.openRun(place('run'))).config.iterations).toBe(3)
  })

  test('too long are refused in words, and what was there stays', async () => {
    await save('run')
    await changeNotes(place('run'), { title: 'kept' })
    await expect(changeNotes(place('run'), { title: 'x'.repeat(121) })).rejects.toThrow(
      'A title has at most 120 characters.',
    )
    expect((await readNotes(place('run'))).title).toBe('kept')
  })

  test('that cannot be read are told of and not written over', async () => {
    await save('run')
    const file = join(place('run'), 'notes.json')
    await writeFile(file, 'my own words')
    expect((await new RunLibrary().of('run')).fault).toMatch(/notes\.json: it holds no notes/)
    await expect(changeNotes(place('run'), { title: 'x' })).rejects.toThrow(/notes\.json/)
    expect(await readFile(file, 'utf8')).toBe('my own words')
  })
})

describe('the bin', () => {
  test('takes a run and gives it back whole', async () => {
    await save('run')
    const binned = await binRun('run', new Date('2026-02-03T04:05:06.007Z'))
    expect(await new RunLibrary().list()).toEqual([])
    expect(await binnedRuns()).toEqual([
      { binned, name: 'run', folder: join(folder, 'bin', binned), deleted: '2026-02-03T04:05:06.007Z' },
    ])
    expect(await restoreRun(binned)).toBe('run')
    expect(await binnedRuns()).toEqual([])
    expect((await new RunLibrary().list())[0]).toMatchObject({ name: 'run', fault: null })
  })

  test('gives a run back under another name where its own has been taken', async () => {
    await save('run', { knnAccuracy: 0.1 })
    const binned = await binRun('run')
    await save('run', { knnAccuracy: 0.2 })
    expect(await restoreRun(binned)).toBe('run (2)')
    const runs = await new RunLibrary().list()
    expect(new Map(runs.map(({ name, about }) => [name, about?.quality.knnAccuracy]))).toEqual(
      new Map([
        ['run (2)', 0.1],
        ['run', 0.2],
      ]),
    )
  })

  test('knows nothing of other places', async () => {
    await save('run')
    await expect(binRun('../runs/run')).rejects.toThrow(/There is no saved run/)
    await expect(restoreRun('../runs/run')).rejects.toThrow(/in the bin/)
    expect(await new RunLibrary().list()).toHaveLength(1)
  })
})

describe('a comparison', () => {
  test('tells what differs and draws each loss by its extremes', async () => {
    const losses = Float32Array.from({ length: 1000 }, (_, i) => (i === 777 ? 50 : 5 - i / 1000))
    await save('a', { losses, hyperparameters: { margin: 2, hiddenSizes: [8, 4] } })
    await save('b', { losses: losses.slice(0, 300) })
    const found = await compareRuns(new RunLibrary(), ['a', 'b'], 100, 0)
    expect(found.runs.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(found.differences).toEqual([
      { what: 'Margin', values: ['2', '0.3'] },
      { what: 'Hidden sizes', values: ['8, 4', '3'] },
      { what: 'Iterations done', values: ['1000', '300'] },
    ])
    const [a, b] = found.losses
    expect(a?.iterations).toHaveLength(100)
    expect([a?.iterations.at(-1), b?.iterations.at(-1)]).toEqual([1000, 300])
    expect(Math.max(...(a?.high ?? []))).toBe(50)
    expect(Math.min(...(a?.low ?? []))).toBe(Math.fround(5 - 999 / 1000))
    expect(a?.smooth.at(-1)).toBe(losses.at(-1))
  })

  test('names the run that cannot be read', async () => {
    await save('a')
    await mkdir(place('b'))
    await expect(compareRuns(new RunLibrary(), ['a', 'b'], 10, 0)).rejects.toThrow(/"b" cannot be compared/)
  })
})

test('an emptied bin holds no run, and the library keeps its own', async () => {
  await save('kept')
  await save('gone')
  await binRun('gone')
  expect(await emptyBin()).toBe(1)
  expect(await binnedRuns()).toEqual([])
  expect((await new RunLibrary().list()).map(({ name }) => name)).toEqual(['kept'])
})

test('a run tells how its images are asked for again', async () => {
  const id = 'a'.repeat(64)
  const made = madeRun()
  const ofSource = (source: typeof made.config.data.source) => ({
    ...made,
    config: { ...made.config, data: { ...made.config.data, source } },
  })
  const counts = { trainCount: 20, testCount: 30 }
  await save('digits')
  await runFolder.saveRun(place('own'), ofSource({ kind: 'imported', id, ...counts }))
  await runFolder.saveRun(place('idx'), ofSource({ kind: 'idx', images: 'a', labels: 'b', ...counts }))
  // The second list comes from the index.
  for (let i = 0; i < 2; i++) {
    const runs = await new RunLibrary().list()
    expect(new Map(runs.map(({ name, about }) => [name, about?.data.choice]))).toEqual(
      new Map<string, unknown>([
        ['digits', { kind: 'digits', ...counts }],
        ['own', { kind: 'imported', id }],
        ['idx', null],
      ]),
    )
  }
})
