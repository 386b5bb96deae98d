import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  binDataSet,
  binnedDataSets,
  dataSetBin,
  emptyDataSetBin,
  restoreDataSet,
} from '../../../../../../src/main/engine/data/library/data-set-bin.ts'
import { libraryFolder } from '../../../../../../src/main/engine/data/library/data-set-library.ts'
import { binFolder, binnedRuns } from '../../../../../../src/main/engine/runs/library/bin.ts'

const id = 'a'.repeat(64)
let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'twinlens-bin-'))
  vi.stubEnv('TWINLENS_DATA', home)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

async function keep(content = 'pixels'): Promise<void> {
  await mkdir(join(libraryFolder(), id), { recursive: true })
  await writeFile(join(libraryFolder(), id, 'name.json'), JSON.stringify({ name: 'birds' }))
  await writeFile(join(libraryFolder(), id, 'pixels.bin'), content)
}

describe('the bin of data sets', () => {
  test('takes one as it is, tells of it, and gives it back', async () => {
    await keep()
    const binned = await binDataSet(id, new Date('2026-01-02T03:04:05.678Z'))
    expect(await readdir(libraryFolder())).toEqual([])
    expect(await binnedDataSets()).toEqual([
      { binned, id, name: 'birds', folder: join(dataSetBin(), binned), deleted: '2026-01-02T03:04:05.678Z' },
    ])
    expect(await restoreDataSet(binned)).toBe(id)
    expect(await readFile(join(libraryFolder(), id, 'pixels.bin'), 'utf8')).toBe('pixels')
    expect(await binnedDataSets()).toEqual([])
  })

  test('holds the same one twice, and gives way to one that was imported again', async () => {
    const now = new Date('2026-01-02T03:04:05.678Z')
    await keep('first')
    await binDataSet(id, now)
    await keep('second')
    await binDataSet(id, now)
    await keep('third')
    const both = await binnedDataSets()
    expect(both).toHaveLength(2)
    for (const { binned } of both) expect(await restoreDataSet(binned)).toBe(id)
    expect(await readFile(join(libraryFolder(), id, 'pixels.bin'), 'utf8')).toBe('third')
    expect(await binnedDataSets()).toEqual([])
  })

  test('is no bin of runs, and is emptied alone', async () => {
    await keep()
    await binDataSet(id)
    expect(await binnedRuns()).toEqual([])
    await writeFile(join(binFolder(), 'mine.txt'), '')
    await writeFile(join(dataSetBin(), 'mine.txt'), '')
    expect(await emptyDataSetBin()).toBe(1)
    expect(await readdir(dataSetBin())).toEqual(['mine.txt'])
    expect(await readdir(binFolder())).toEqual(['datasets', 'mine.txt'])
  })

  test('gives back nothing that it does not hold, and nothing from elsewhere', async () => {
    await keep()
    for (const name of ['none', `20260102T030405678Z ${id}`, `20260102T030405678Z ../../datasets/${id}`])
      await expect(restoreDataSet(name)).rejects.toThrow(/There is no data set/)
    await expect(binDataSet('b'.repeat(64))).rejects.toThrow(/not in the library/)
    expect(await readdir(libraryFolder())).toEqual([id])
  })
})
