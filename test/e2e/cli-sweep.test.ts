import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openConfig } from '../../src/main/engine/runs/run-folder.ts'
import { type CliResult, twinlens } from '../support/cli.ts'
import { temporaryFolder } from '../support/files.ts'

const tiny = ['--iterations', '25', '--train-count', '200', '--test-count', '80', '--hidden-sizes', '16']
const twelve = ['--vary', 'margin=0.5,1', '--vary', 'learning-rate=1e-3..1e-2:log:3', '--seeds', '1,2']
const inFolder = (TWINLENS_DATA: string) => ({ env: { TWINLENS_DATA, TWINLENS_BACKEND: 'wasm' } })

/** The table that a sweep ends with. */
const tableOf = ({ stdout }: CliResult): string =>
  /\n(margin +learningRate[\s\S]*?)\n\n/.exec(stdout)?.[1] ?? 'no table'

/** Starts a sweep in a process group of its own and kills all of it, as a power cut would, once it says this. */
function killedAt(args: readonly string[], folder: string, words: string): Promise<void> {
  const { env } = inFolder(folder)
  return new Promise(resolve => {
    const bin = join(import.meta.dirname, '../../bin/twinlens.js')
    const child = spawn(process.execPath, [bin, ...args], { detached: true, env: { ...process.env, ...env } })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes(words) && child.pid !== undefined && child.exitCode === null)
        try {
          process.kill(-child.pid, 'SIGKILL')
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
        }
    })
    child.on('close', () => resolve())
  })
}

describe('twinlens sweep', () => {
  test('of twelve runs, killed in its middle, resumes and ends with the same table', async () => {
    const [whole, cut] = [await temporaryFolder(), await temporaryFolder()]
    const sweep = ['sweep', ...twelve, ...tiny, '--validation', '0.25', '--name', 'trial']
    const uninterrupted = await twinlens(sweep, inFolder(whole))
    expect(uninterrupted.stderr).toBe('')
    expect(uninterrupted.code).toBe(0)
    expect(tableOf(uninterrupted).split('\n')).toHaveLength(2 + 6)

    await killedAt(sweep, cut, '5 of 12:')
    const before = (await readdir(join(cut, 'runs'))).filter(name => !/\.(tmp-\d+|training)$/.test(name))
    expect(before.length).toBeGreaterThanOrEqual(5)
    expect(before.length).toBeLessThan(12)

    const csv = join(cut, 'sweep.csv')
    const resumed = await twinlens(['sweep', '--resume', 'trial', '--csv', csv], inFolder(cut))
    expect(resumed.code).toBe(0)
    expect(tableOf(resumed)).toBe(tableOf(uninterrupted))
    const ended = (await readdir(join(cut, 'runs'))).filter(name => !/\.(tmp-\d+|training)$/.test(name))
    expect(ended.sort()).toEqual((await readdir(join(whole, 'runs'))).sort())
    for (const run of ended) {
      const losses = (folder: string) => readFile(join(folder, 'runs', run, 'losses.csv'), 'utf8')
      expect(await losses(cut)).toBe(await losses(whole))
    }
    const lines = (await readFile(csv, 'utf8')).trimEnd().split('\n')
    expect(lines[0]).toBe(
      'run,margin,learningRate,seed,iterations,seconds,knnAccuracy,precisionAt9,auc,eer,fault',
    )
    expect(lines).toHaveLength(13)

    // It never looked at the test images: 50 of the training images stood in for them.
    const { data } = await openConfig(join(cut, 'runs', 'trial 01'))
    expect(data.heldOut).toEqual({ share: 0.25, seed: 1 })

    const again = await twinlens(['sweep', '--resume', 'trial'], inFolder(cut))
    expect(tableOf(again)).toBe(tableOf(uninterrupted))
    expect(again.stdout).not.toMatch(/\d+ of 12: trial/)
  })

  test('starts from a preset, which flags beside it change', async () => {
    const folder = await temporaryFolder()
    const sweep = ['sweep', '--preset', 'fast', '--vary', 'margin=1,3', '--batch-size', '40', ...tiny]
    expect((await twinlens([...sweep, '--name', 'quick'], inFolder(folder))).code).toBe(0)
    const { hyperparameters } = await openConfig(join(folder, 'runs', 'quick 02'))
    expect(hyperparameters).toMatchObject({ pairs: 'all', learningRate: 1e-3, margin: 3, batchSize: 40 })
    expect(hyperparameters.hiddenSizes).toEqual([16])
  })

  test('tells of wrong values before anything is trained', async () => {
    const folder = await temporaryFolder()
    const refused = async (...args: string[]) => twinlens(['sweep', ...args], inFolder(folder))
    expect((await refused()).stderr).toMatch(/Name what varies with --vary/)
    expect((await refused('--vary', 'margin=-1')).stderr).toMatch(/Margin must be/)
    expect((await refused('--vary', 'marge=1')).stderr).toMatch(/no hyperparameter "marge"/)
    expect((await refused('--resume', 'none')).stderr).toMatch(/There is no sweep "none"/)
    expect((await refused('--vary', 'margin=0.1..3')).stderr).toMatch(/how many values/)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('twinlens runs', () => {
  let folder = ''
  const runs = (...args: string[]) => twinlens(['runs', ...args], inFolder(folder))

  test('lists, shows, compares, notes, deletes and restores', async () => {
    folder = await temporaryFolder()
    await twinlens(['sweep', '--vary', 'margin=0.5,1', ...tiny, '--name', 'two'], inFolder(folder))
    const list = await runs('list', '--search', 'two')
    expect(list.stdout).toMatch(/two 0[12]/)
    expect((await runs('list', '--search', 'nothing of this')).stdout).toBe('No runs.\n')
    const noted = await runs('note', 'two 01', '--title', 'Narrow', '--tag', 'a', 'b')
    expect(noted.stdout).toMatch(/Title +Narrow/)
    expect((await runs('show', 'two 01')).stdout).toMatch(/Tags +a, b/)
    const compared = await runs('compare', 'two 01', 'two 02')
    expect(compared.stdout).toMatch(/Narrow +two 02/)
    expect(compared.stdout).toMatch(/Margin +0\.5 +1\n/)
    expect((await runs('compare', 'two 01')).code).toBe(2)
    expect((await runs('delete', 'two 01', 'none')).stderr).toMatch(/no saved run "none"/)
    expect((await runs('delete', 'two 01')).code).toBe(0)
    expect((await runs('list')).stdout).not.toContain('Narrow')
    expect((await runs('restore')).stdout).toContain('two 01')
    expect((await runs('restore', 'two 01')).stdout).toBe('Restored as "two 01".\n')
    expect((await runs('list')).stdout).toContain('Narrow')
    expect((await runs('show', 'none')).code).toBe(2)
    expect((await runs('--help')).code).toBe(0)
  })
})
