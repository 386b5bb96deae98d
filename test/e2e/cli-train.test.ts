import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { decodeImage } from '../../src/main/engine/data/image-file.ts'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { twinlens } from '../support/cli.ts'
import { temporaryFolder } from '../support/files.ts'

/** A short training of the recipe's network on real digits. */
const size = ['--iterations', '60', '--train-count', '500', '--test-count', '200', '--hidden-sizes', '128,64']
const short = [...size, '--margin', '1', '--learning-rate', '3e-3']

describe('twinlens train, search, embed', () => {
  test('trains on real digits, saves a run, ends with quality and the nine nearest', async () => {
    const run = join(await temporaryFolder(), 'run')
    const { code, stdout } = await twinlens(['train', ...short, '--out', run])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Backend: (TensorFlow 2\.\d+|WebAssembly)/)
    expect(stdout).toContain('500 training and 200 test images of 28 x 28, 10 classes')
    expect(stdout).toContain('Network: 784 - 128 - 64 - 2')
    expect(stdout).toMatch(/100%, iteration 60 of 60, loss/)
    expect(stdout).toMatch(/5-NN accuracy +0\.\d{4}/)
    expect(stdout).toMatch(/\n +9 +\d+ +\d +0\.\d+/)
    expect(stdout).toContain(`The run is saved in ${run}`)
    const { config, losses } = await openRun(run)
    expect(losses).toHaveLength(60)
    expect(config.iterations).toBe(60)
    expect(config.quality.knnAccuracy).toBeGreaterThan(0.3)
    expect((await readdir(run)).length).toBe(6)
  })

  test('the same seed gives the same losses to the last bit, in two runs', async () => {
    const folder = await temporaryFolder()
    const csv = async (name: string, seed: string): Promise<string> => {
      const out = join(folder, name)
      await twinlens(['train', ...short, '--seed', seed, '--out', out])
      return readFile(join(out, 'losses.csv'), 'utf8')
    }
    const first = await csv('a', '3')
    expect(await csv('b', '3')).toBe(first)
    expect(await csv('c', '4')).not.toBe(first)
  })

  test('--json writes nothing but JSON lines', async () => {
    const run = join(await temporaryFolder(), 'run')
    const { stdout } = await twinlens(['train', ...short, '--json', '--out', run])
    const events = stdout
      .trimEnd()
      .split('\n')
      .map(line => z.looseObject({ event: z.string() }).parse(JSON.parse(line)))
    expect(events[0]).toMatchObject({ event: 'start', folder: run, hyperparameters: { iterations: 60 } })
    expect(events.some(({ event }) => event === 'progress')).toBe(true)
    expect(events.at(-1)).toMatchObject({ event: 'done', folder: run, iterations: 60 })
  })

  test('Ctrl-C ends it after the iteration under way, saves what was learned, says where, exits with 130', async () => {
    const run = join(await temporaryFolder(), 'run')
    let pressed = false
    const { code, stdout, stderr } = await twinlens(
      ['train', ...short, '--iterations', '100000', '--json', '--out', run],
      {
        onOutput: (output, kill) => {
          if (pressed || !output.includes('"progress"')) return
          pressed = true
          kill('SIGINT')
        },
      },
    )
    expect(code).toBe(130)
    expect(stderr).toContain('Stopping after this iteration, then saving')
    expect(stdout).toContain('"event":"done"')
    const { config, losses } = await openRun(run)
    expect(config.iterations).toBe(losses.length)
    expect(losses.length).toBeLessThan(100_000)
  })

  test('killed in the middle it leaves no run, and no half of one under its name', async () => {
    const folder = await temporaryFolder()
    let killed = false
    await twinlens(['train', ...short, '--iterations', '100000', '--json', '--out', join(folder, 'run')], {
      onOutput: (output, kill) => {
        if (killed || !output.includes('"progress"')) return
        killed = true
        kill('SIGKILL')
      },
    })
    expect(killed).toBe(true)
    expect(existsSync(join(folder, 'run'))).toBe(false)
  })
})

describe('a trained run', () => {
  let run: string
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twinlens-run-'))
    run = join(folder, 'run')
    expect((await twinlens(['train', ...short, '--out', run])).code).toBe(0)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('is searched by index: a table, the nearest first, the query left out, equal to a brute-force search', async () => {
    const { code, stdout } = await twinlens(['search', run, '--index', '7', '--count', '5', '--json'])
    expect(code).toBe(0)
    const { neighbours } = z
      .object({
        neighbours: z.array(
          z.object({ rank: z.number(), index: z.number(), label: z.string(), distance: z.number() }),
        ),
      })
      .parse(JSON.parse(stdout))
    const { test: gallery } = await openRun(run)
    const { values } = gallery.embedding
    const at = (i: number, k: number): number => values[2 * i + k] as number
    const expected = [...gallery.labels.keys()]
      .filter(i => i !== 7)
      .map(index => ({ index, distance: Math.hypot(at(index, 0) - at(7, 0), at(index, 1) - at(7, 1)) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, 5)
    expect(neighbours.map(({ index }) => index)).toEqual(expected.map(({ index }) => index))
    neighbours.forEach(({ rank, index, label, distance }, i) => {
      expect(rank).toBe(i + 1)
      expect(label).toBe(String(gallery.labels[index]))
      expect(distance).toBeCloseTo(expected[i]!.distance, 6)
    })
  })

  test('is searched by a picture of another size and polarity, and draws a sheet', async () => {
    const sheet = join(folder, 'found.png')
    const picture = join(import.meta.dirname, '../fixtures/seven-on-paper.png')
    const { code, stdout } = await twinlens(['search', run, '--image', picture, '--sheet', sheet])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /Prepared: grey; inverted.*cropped to its content.*scaled to \d+ × 20; centred in 28 × 28/,
    )
    expect(stdout.match(/^ +\d +test +\d+ +\d +\d\.\d+ +\d+\.\d%$/gm)).toHaveLength(9)
    const drawn = await decodeImage(await readFile(sheet), 'sheet')
    expect(drawn.width).toBeGreaterThan(5 * 112)
    expect(drawn.height).toBeGreaterThan(2 * 112)
  })

  test.each([
    ['csv', ',', []],
    ['tsv', '\t', ['--split', 'train']],
  ] as const)('is embedded as %s', async (ending, delimiter, split) => {
    const out = join(folder, `features.${ending}`)
    const { code } = await twinlens(['embed', run, '--out', out, ...split])
    expect(code).toBe(0)
    const [heading, ...rows] = (await readFile(out, 'utf8')).trimEnd().split('\n')
    expect(heading).toBe(['index', 'split', 'label', 'feature1', 'feature2'].join(delimiter))
    const saved = await openRun(run)
    const part = split.length > 0 ? saved.train : saved.test
    expect(rows).toHaveLength(part.labels.length)
    rows.forEach((row, i) => {
      const [index, , label, x, y] = row.split(delimiter)
      expect([Number(index), Number(label)]).toEqual([i, part.labels[i]])
      expect(Math.fround(Number(x))).toBe(part.embedding.values[2 * i])
      expect(Math.fround(Number(y))).toBe(part.embedding.values[2 * i + 1])
    })
  })
})

describe('twinlens pairs, backends, --help', () => {
  test('pairs lists ten captioned pairs and draws them', async () => {
    const sheet = join(await temporaryFolder(), 'pairs.png')
    const { code, stdout } = await twinlens(['pairs', '--sheet', sheet])
    expect(code).toBe(0)
    const rows = stdout.match(/^ +\d+ +(similar|dissimilar) +.*$/gm) ?? []
    expect(rows).toHaveLength(10)
    for (const row of rows) {
      const [, kind, , first, , second] = row.trim().split(/ +/)
      expect(first === second).toBe(kind === 'similar')
    }
    expect((await decodeImage(await readFile(sheet), 'sheet')).width).toBeGreaterThan(10 * 112)
  })

  test('backends says what computes, and TWINLENS_BACKEND forces one', async () => {
    const { stdout } = await twinlens(['backends'], { env: { TWINLENS_BACKEND: 'wasm' } })
    expect(stdout).toMatch(/^wasm: WebAssembly/)
    const { stdout: best } = await twinlens(['backends', '--json'])
    expect(z.object({ backend: z.string(), device: z.string() }).parse(JSON.parse(best)).device).not.toBe('')
  })

  test('help teaches: every flag with its default, and examples', async () => {
    const { code, stdout } = await twinlens(['train', '--help'])
    expect(code).toBe(0)
    for (const flag of [
      '--margin',
      '--batch-size',
      '--iterations',
      '--learning-rate',
      '--gradient-decay',
      '--squared-gradient-decay',
      '--hidden-sizes',
      '--embedding-size',
      '--train-count',
      '--test-count',
      '--seed',
      '--data',
      '--labels',
      '--backend',
      '--out',
    ]) {
      expect(stdout).toContain(flag)
    }
    expect(stdout).toContain('Examples:')
    expect(stdout).toContain('default: 0.3')
  })
})
