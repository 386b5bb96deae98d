import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { correctDataSet } from '../../../../../src/main/engine/corrections/correct-data-set.ts'
import { type DataSet, imageAt } from '../../../../../src/main/engine/data/data-set.ts'
import { holdOut } from '../../../../../src/main/engine/data/hold-out.ts'
import { importSource } from '../../../../../src/main/engine/data/import/making/import-source.ts'
import { libraryFolder } from '../../../../../src/main/engine/data/library/data-set-library.ts'
import { openDataSet } from '../../../../../src/main/engine/data/open-data-set.ts'
import { dataTable } from '../../../../../src/main/engine/service/data-table.ts'
import { temporaryFolder } from '../../../../support/files.ts'
import { plainPng } from '../../../../support/pictures.ts'

const options = {
  name: 'people',
  size: 16,
  channels: 'grey' as const,
  fit: 'pad' as const,
  invert: 'no' as const,
  split: { testShare: 0.4, seed: 3 },
  keepTogether: false,
}
let home: string
let pictures: string

beforeEach(async () => {
  home = await temporaryFolder()
  pictures = await temporaryFolder()
  vi.stubEnv('TWINLENS_DATA', home)
  for (let i = 0; i < 20; i++)
    await writeFile(join(pictures, `${i}.png`), await plainPng(16, [10 * i, 10 * i, 10 * i]))
  // One that cannot be read: those after it keep their own values.
  await writeFile(join(pictures, '4.png'), (await readFile(join(pictures, '4.png'))).subarray(0, 50))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
  await rm(pictures, { recursive: true })
})

/** Each picture's number is in its grey, and in its row. */
async function imported(header: string, row: (i: number) => string): Promise<DataSet> {
  const rows = Array.from({ length: 20 }, (_, i) => `${i}.png,${i % 2 === 0 ? 'even' : 'odd'}${row(i)}`)
  await writeFile(join(pictures, 'labels.csv'), [`file,label${header}`, ...rows].join('\n'))
  let id: string | null = null
  for await (const item of importSource([pictures], options, new AbortController().signal)) id = item.id
  return openDataSet({ kind: 'imported', id: id ?? 'none' })
}

const numbersIn = ({ test: images }: DataSet): number[] =>
  Array.from({ length: images.count }, (_, i) => Math.round((imageAt(images, i)[0] as number) / 10))

describe('the table of an imported data set', () => {
  test('has what was said of each test image beside its class, in their order', async () => {
    const data = await imported(',person,index', i => `,"p, ${i}",${100 + i}`)
    const numbers = numbersIn(data)
    expect(numbers.length).toBeGreaterThan(5)
    const told: string[][] = parse((await dataTable(data)) ?? '')
    expect(told).toEqual([
      ['index', 'person', 'index (of the table)'],
      ...numbers.map((i, index) => [String(index), `p, ${i}`, String(100 + i)]),
    ])
  })

  test('leaves out the images that a person has left out', async () => {
    const data = await imported(',person', i => `,p${i}`)
    const numbers = numbersIn(data)
    const without = correctDataSet(data, [{ split: 'test', index: 1, decision: 'exclude', label: 0 }])
    const told: string[][] = parse((await dataTable(without)) ?? '', { from_line: 2 })
    expect(told.map(([, person]) => person)).toEqual(
      numbers.filter((_, index) => index !== 1).map(i => `p${i}`),
    )
  })

  test('is another one after an import with another table, and stays after one without', async () => {
    const first = await imported(',person', i => `,p${i}`)
    const second = await imported(',city', i => `,c${i}`)
    expect(second.source).toEqual(first.source)
    expect(await dataTable(first)).toMatch(/^index,city\n/)
    expect(await dataTable(await imported('', () => ''))).toBe(await dataTable(first))
  })

  test('is none of the digits, of validation images, and a damaged one is told of', async () => {
    expect(await dataTable(await openDataSet({ kind: 'digits', trainCount: 20, testCount: 10 }))).toBeNull()
    const data = await imported(',person', i => `,p${i}`)
    expect(await dataTable(holdOut(data, { share: 0.3, seed: 1 }))).toBeNull()
    const path = join(libraryFolder(), (data.source as { id: string }).id, 'columns.json')
    await writeFile(path, '{"schemaVersion":1,"columns":[{"name":"person","values":["p1"]}]}')
    await expect(dataTable(data)).rejects.toThrow(/columns\.json: it is damaged/)
  })
})
