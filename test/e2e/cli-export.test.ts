import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { twinlens } from '../support/cli.ts'
import { temporaryFolder } from '../support/files.ts'

const train = ['train', '--train-count', '40', '--test-count', '20', '--iterations', '2']
const small = ['--batch-size', '4', '--hidden-sizes', '4']

test('a run goes out as a file or as a folder, and what cannot be written changes nothing', async () => {
  const place = await temporaryFolder()
  const run = join(place, 'run')
  expect((await twinlens([...train, ...small, '--out', run])).code).toBe(0)
  const out = (format: string, name: string) =>
    twinlens(['export', run, '--format', format, '--out', join(place, name)])

  expect((await out('csv', 'features.csv')).code).toBe(0)
  const lines = (await readFile(join(place, 'features.csv'), 'utf8')).trim().split('\n')
  const { test: held } = await openRun(run)
  expect(lines).toHaveLength(61)
  expect(lines.at(-1)?.split(',').slice(3).map(Number).map(Math.fround)).toEqual([
    ...held.embedding.values.slice(-2),
  ])

  expect((await out('layers-model', 'model')).code).toBe(0)
  expect((await readdir(join(place, 'model'))).sort()).toEqual(['model.json', 'weights.bin'])
  await writeFile(join(place, 'model', 'mine.txt'), 'mine')
  const again = await out('layers-model', 'model')
  expect(again.code).toBe(2)
  expect(again.stderr).toContain('exists already')
  expect(await readdir(join(place, 'model'))).toContain('mine.txt')

  expect((await out('projector', 'projector')).code).toBe(0)
  const files = [
    'metadata.tsv',
    'projector_config.json',
    'projector_config.pbtxt',
    'sprite.png',
    'tensors.tsv',
  ]
  expect((await readdir(join(place, 'projector'))).sort()).toEqual(files)
  const config = async (name: string) =>
    JSON.parse(await readFile(join(place, name, 'projector_config.json'), 'utf8')).embeddings[0]
  expect((await config('projector')).sprite).toEqual({ imagePath: 'sprite.png', singleImageDim: [28, 28] })
  const address = (url: string, format = 'projector') =>
    twinlens(['export', run, '--format', format, '--out', join(place, 'served'), '--address', url])
  expect((await address('somewhere')).stderr).toContain('--address must be a URL')
  expect((await address('https://example.org/r', 'csv')).stderr).toContain('--format projector')
  expect((await address('https://example.org/r')).code).toBe(0)
  expect((await config('served')).tensorPath).toBe('https://example.org/r/tensors.tsv')

  const unknown = await out('word', 'x')
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toContain('onnx')
  expect((await readdir(place)).sort()).toEqual(['features.csv', 'model', 'projector', 'run', 'served'])
})
