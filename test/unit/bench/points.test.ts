import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { queryCount, writePoints } from '../../../bench/points.ts'
import { temporaryFolder } from '../../support/files.ts'

test('points and queries are raw 32-bit floats, the same in every run', async () => {
  const [a, b] = [await temporaryFolder(), await temporaryFolder()]
  const [first, second] = [await writePoints(a, 50, 3), await writePoints(b, 50, 3)]
  const points = await readFile(first.points)
  expect(points.byteLength).toBe(50 * 3 * 4)
  expect(points.equals(await readFile(second.points))).toBe(true)
  const queries = await readFile(first.queries)
  expect(queries.byteLength).toBe(queryCount * 3 * 4)
  expect(queries.subarray(0, 600).equals(points)).toBe(false)
})
