import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadMeasures } from '../../../bench/measures.ts'

test('every file of bench/measures is a measure by its name, with a title', async () => {
  const measures = await loadMeasures()
  const files = readdirSync(join(import.meta.dirname, '../../../bench/measures'))
  expect([...measures.keys()].map(name => `${name}.ts`)).toEqual(files.sort())
  for (const { title } of measures.values()) expect(title).toMatch(/\w/)
})
