import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Shell } from 'electron'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { binDataSet } from '../../../../../../src/main/engine/data/library/data-set-bin.ts'
import { wholeBin } from '../../../../../../src/main/engine/data/library/whole-bin.ts'
import { binFolder, binRun } from '../../../../../../src/main/engine/runs/library/bin.ts'
import { trashBin } from '../../../../../../src/main/host/electron/files/trash-bin.ts'
import { fake } from '../../../../../fakes/electron/fake.ts'

const id = 'a'.repeat(64)
let home: string
let trash: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'twinlens-trash-'))
  trash = join(home, 'trash of the system')
  vi.stubEnv('TWINLENS_DATA', join(home, 'data'))
  for (const folder of ['runs/first', 'runs/second', `datasets/${id}`]) {
    await mkdir(join(home, 'data', folder), { recursive: true })
    await writeFile(join(home, 'data', folder, 'name.json'), '{"name":"birds"}')
  }
  await mkdir(trash)
  await binRun('first', new Date('2026-01-02T03:04:05.678Z'))
  await binDataSet(id, new Date('2026-01-03T03:04:05.678Z'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

/** A system whose trash is a folder. */
const system = (fails = false) =>
  fake<Shell>({
    trashItem: async path => {
      if (fails) throw new Error('Failed to move item to trash')
      await rename(path, join(trash, basename(path)))
    },
  })

describe('the bin of Twinlens, in the desktop program', () => {
  test('is emptied into the system’s trash, runs and data sets, and nothing else is', async () => {
    const before = await wholeBin()
    expect(before.map(({ kind, name }) => [kind, name])).toEqual([
      ['data set', 'birds'],
      ['run', 'first'],
    ])
    await writeFile(join(binFolder(), 'mine.txt'), '')
    expect(await trashBin(system())).toBe(2)
    expect(await wholeBin()).toEqual([])
    for (const { binned } of before) expect(existsSync(join(trash, binned))).toBe(true)
    expect(existsSync(join(binFolder(), 'mine.txt'))).toBe(true)
    expect(existsSync(join(home, 'data', 'runs', 'second'))).toBe(true)
    expect(await trashBin(system())).toBe(0)
  })

  test('stays as it is where the system has no trash for it, which is told', async () => {
    await expect(trashBin(system(true))).rejects.toMatchObject({
      kind: 'bad-file',
      message: expect.stringMatching(/trash does not take it. It is still in the bin/),
    })
    expect(await wholeBin()).toHaveLength(2)
  })
})
