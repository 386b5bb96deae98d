import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportRun } from '../../../src/main/engine/exports/formats.ts'
import { type Run, saveRun } from '../../../src/main/engine/runs/run-folder.ts'
import { runs } from '../../support/encoder-runs.ts'
import { temporaryFolder } from '../../support/files.ts'
import { pythonWithReaders } from '../../support/python-readers.ts'

const run = runs['cnn'] as Run
const readers = pythonWithReaders()
const title = 'missing' in readers ? ` (skipped: ${readers.missing})` : ''

interface Read {
  readonly table: Readonly<Record<string, readonly (number | string)[]>>
  readonly weights: Readonly<Record<string, { type: string; shape: number[]; values: number[] }>>
}

test.skipIf('missing' in readers)(
  `pandas reads the table and safetensors the weights, to the last bit${title}`,
  async () => {
    const folder = await temporaryFolder()
    await exportRun(run, 'csv', join(folder, 'features.csv'))
    await saveRun(join(folder, 'run'), run)
    const python = 'python' in readers ? readers.python : ''
    const script = join(import.meta.dirname, 'read_tables.py')
    const { table, weights } = JSON.parse(
      execFileSync(python, [script, folder], { encoding: 'utf8' }),
    ) as Read

    const [one, two, tab] = run.config.data.classes
    expect(table['split']).toEqual(['train', 'train', 'train', 'test', 'test', 'test'])
    expect(table['index']).toEqual([0, 1, 2, 0, 1, 2])
    expect(table['label']).toEqual([one, two, tab, tab, two, one])
    const values = [...run.train.embedding.values, ...run.test.embedding.values]
    for (const feature of [0, 1]) {
      const wanted = values.filter((_, i) => i % 2 === feature)
      const given = (table[`feature${feature + 1}`] ?? []).map(Number).map(Math.fround)
      expect(given).toEqual(wanted)
    }
    const wanted = run.network.tensors.map(({ name, shape, values: tensor }) => [
      name,
      { type: 'float32', shape: [...shape], values: [...tensor] },
    ])
    expect(weights).toEqual(Object.fromEntries(wanted))
  },
)
