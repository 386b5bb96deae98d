import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { assertRoom, needsOf, roomAt } from '../../../../../src/main/engine/runs/room.ts'
import { TwinlensError } from '../../../../../src/shared/errors.ts'
import { temporaryFolder } from '../../../../support/files.ts'

const plenty = { disk: 1e12, memory: 1e12 }
const needs = needsOf(1_875_426, 20_000, true)

describe('the room that a training takes', () => {
  test('is for the default job what its run takes: 30 MB with its state, 8 without', () => {
    expect(needs.disk).toBe(4 * (4 * 1_875_426 + 20_000))
    expect(needsOf(1_875_426, 20_000, false).disk).toBe(4 * (1_875_426 + 20_000))
    expect(needs.memory).toBe(16 * 1_875_426)
  })

  test('is refused in words where there is clearly less', () => {
    expect(() => assertRoom('/runs/one', needs, plenty)).not.toThrow()
    expect(() => assertRoom('/runs/one', needs, { ...plenty, disk: needs.disk })).not.toThrow()
    expect(() => assertRoom('/runs/one', needs, { ...plenty, disk: 5e6 })).toThrow(
      new TwinlensError(
        'disk-full',
        'The run will take 30.1 MB, and 5.0 MB are free where /runs/one is to be saved.',
      ),
    )
    const huge = needsOf(4e9, 20_000, true)
    expect(() => assertRoom('/runs/one', huge, { ...plenty, memory: 16e9 })).toThrow(
      new TwinlensError(
        'out-of-memory',
        'This network needs 64.0 GB of memory at the least, and this computer has 16.0 GB.',
      ),
    )
  })

  test('is measured where the run will be', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'runs'))
    const room = await roomAt(join(folder, 'runs', 'one'))
    expect(room.disk).toBeGreaterThan(0)
    expect(room.memory).toBeGreaterThan(2 ** 28)
    expect(Number.isFinite(room.memory)).toBe(true)
  })
})
