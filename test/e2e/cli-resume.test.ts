import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CorrectionBook } from '../../src/main/engine/corrections/correction-book.ts'
import { loadDigits } from '../../src/main/engine/data/digits.ts'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { killChain } from '../kill/kill-chain.ts'
import { availableBackends } from '../support/backends.ts'
import { twinlens } from '../support/cli.ts'
import { temporaryFolder } from '../support/files.ts'

const size = ['--train-count', '200', '--test-count', '60', '--hidden-sizes', '32,16', '--batch-size', '20']
const lossesOf = (run: string): Promise<string> => readFile(join(run, 'losses.csv'), 'utf8')

describe('twinlens train', () => {
  test('killed at random moments, each time it goes on, and ends with the losses of an undisturbed one', async () => {
    const folder = await temporaryFolder()
    const backend = availableBackends(['native', 'wasm'])[0] as string
    const report = await killChain({ kills: 8, seed: Date.now() % 2 ** 31, folder, backend })
    expect(report.kills).toBe(8)
    expect(report.runs).toBeGreaterThan(0)
  }, 240_000)

  test('--from gives the same losses, and one flag changes one thing; --resume goes on with a finished run', async () => {
    const folder = await temporaryFolder()
    const place = (name: string): string => join(folder, name)
    const train = async (...args: string[]): Promise<void> => {
      const { code, stderr } = await twinlens(['train', ...args])
      expect(stderr.replace(/^It goes on.*\n/, '')).toBe('')
      expect(code).toBe(0)
    }
    await train(...size, '--iterations', '30', '--margin', '1', '--out', place('first'))
    await train('--from', place('first'), '--out', place('again'))
    expect(await lossesOf(place('again'))).toBe(await lossesOf(place('first')))
    await train('--from', place('first'), '--iterations', '50', '--out', place('longer'))
    await train('--resume', place('first'), '--iterations', '50', '--out', place('resumed'))
    expect(await lossesOf(place('resumed'))).toBe(await lossesOf(place('longer')))
    const refused = await twinlens(['train', '--resume', place('first'), '--margin', '2'])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('A training goes on as it began')
    expect(existsSync(place('first.training'))).toBe(false)
  }, 120_000)

  test('--corrected trains with the corrections made in the window, and --from keeps them', async () => {
    const folder = await temporaryFolder()
    const env = { TWINLENS_DATA: folder }
    const original = await loadDigits(200, 60)
    process.env['TWINLENS_DATA'] = folder
    const excluded = { split: 'train', index: 3, decision: 'exclude', label: 0 } as const
    await new CorrectionBook().change(original, () => [excluded])
    const place = (name: string): string => join(folder, name)
    const train = async (...args: string[]): Promise<void> => {
      expect((await twinlens(['train', ...args], { env })).code).toBe(0)
    }
    await train(...size, '--iterations', '10', '--out', place('plain'))
    await train(...size, '--iterations', '10', '--corrected', '--out', place('corrected'))
    await train('--from', place('corrected'), '--out', place('again'))
    await train('--from', place('plain'), '--corrected', '--out', place('later'))
    const [plain, ...others] = await Promise.all(
      ['plain', 'corrected', 'again', 'later'].map(n => openRun(place(n))),
    )
    expect(plain?.train.labels).toHaveLength(200)
    expect(plain?.config.data.corrections).toBeUndefined()
    for (const run of others) {
      expect(run.train.labels).toHaveLength(199)
      expect(run.config.data.corrections).toEqual([excluded])
      expect(run.losses).toEqual(others[0]?.losses)
    }
  }, 120_000)

  test('--version tells which Twinlens this is', async () => {
    expect((await twinlens(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
