import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { twinlens } from '../support/cli.ts'
import { temporaryFolder } from '../support/files.ts'

const counts = ['--train-count', '40', '--test-count', '20']
const train = ['train', ...counts, '--iterations', '2', '--batch-size', '4', '--hidden-sizes', '4']

test('an encoder from a file embeds and searches as its run does; what does not go is told of', async () => {
  const place = await temporaryFolder()
  const run = join(place, 'run')
  const model = join(place, 'encoder.onnx')
  expect((await twinlens([...train, '--out', run])).code).toBe(0)
  expect((await twinlens(['export', run, '--format', 'onnx', '--out', model])).code).toBe(0)

  const table = async (...words: readonly string[]): Promise<string[][]> => {
    const out = join(place, 'features.csv')
    const { code, stderr } = await twinlens(['embed', ...words, '--out', out, '--split', 'all'])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    return (await readFile(out, 'utf8'))
      .trim()
      .split('\n')
      .map(line => line.split(','))
  }
  const ofRun = await table(run)
  const ofModel = await table('--encoder', model, ...counts)
  expect(ofModel).toHaveLength(61)
  ofModel.forEach((row, i) => {
    expect(row.slice(0, 3)).toEqual(ofRun[i]?.slice(0, 3))
    if (i === 0) return
    row.slice(3).forEach((value, j) => {
      expect(Number(value)).toBeCloseTo(Number(ofRun[i]?.[3 + j]), 4)
    })
  })

  const found = async (...words: readonly string[]): Promise<number[]> => {
    const { code, stdout } = await twinlens(['search', ...words, '--index', '3', '--count', '4', '--json'])
    expect(code).toBe(0)
    return JSON.parse(stdout).neighbours.map(({ index }: { index: number }) => index)
  }
  expect(await found('--encoder', model, ...counts)).toEqual(await found(run))

  const picture = join(import.meta.dirname, '../fixtures/seven-on-paper.png')
  const seen = await twinlens(['search', '--encoder', model, ...counts, '--image', picture])
  expect(seen.code).toBe(0)
  expect(seen.stdout).toContain('seven-on-paper.png')
  expect(seen.stdout).toContain('test')

  const damaged = join(place, 'damaged.onnx')
  await writeFile(damaged, (await readFile(model)).subarray(0, 500))
  const refused = (...words: readonly string[]) =>
    twinlens(['embed', ...words, '--out', join(place, 'x.csv')])
  const [both, own, cut] = await Promise.all([
    refused(run, '--encoder', model),
    refused(run, ...counts),
    refused('--encoder', damaged, ...counts),
  ])
  expect(both.code).toBe(2)
  expect(both.stderr).toContain('either')
  expect(own.code).toBe(2)
  expect(own.stderr).toContain('brings its own images')
  expect(cut.code).toBe(1)
  expect(cut.stderr).toContain(`${damaged}: it is cut or damaged.`)
})
