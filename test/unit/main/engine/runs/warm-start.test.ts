import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { saveRun } from '../../../../../src/main/engine/runs/run-folder.ts'
import { runsFolder } from '../../../../../src/main/engine/runs/run-folders.ts'
import { decodeState, encodeState } from '../../../../../src/main/engine/runs/training-state-file.ts'
import {
  openWarmStart,
  warmStartInWords,
  warmStartOf,
} from '../../../../../src/main/engine/runs/warm-start.ts'
import { temporaryFolder } from '../../../../support/files.ts'
import { mlp } from '../../../../support/networks.ts'
import { smallRun } from '../../../../support/small-run.ts'

beforeEach(async () => {
  process.env['TWINLENS_DATA'] = await temporaryFolder()
})

const other = mlp({ inputSize: 2, hiddenSizes: [2], embeddingSize: 1 }, 4)

describe('the run that a training begins with', () => {
  test('is known by its name in the library, by its path elsewhere, and by the hash of its weights', async () => {
    const [inside, outside] = [join(runsFolder(), 'first'), join(await temporaryFolder(), 'run')]
    await saveRun(inside, smallRun)
    await saveRun(outside, { ...smallRun, network: other })
    const [first, second] = [await openWarmStart(inside), await openWarmStart(outside)]
    expect(first).toMatchObject({ run: 'first', network: smallRun.network })
    expect(second).toMatchObject({ run: outside, network: other })
    expect(first.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(second.fingerprint).not.toBe(first.fingerprint)
    for (const { run, fingerprint, network } of [first, second])
      expect(await warmStartOf({ warmStart: { run, fingerprint } }, false)).toEqual({
        ...{ run, fingerprint, network },
      })
    expect(warmStartInWords(smallRun.network.spec, first)).toBe(
      'It begins with the weights of “first”: all layers are taken over.',
    )
  })

  test('is not read where a training goes on, and none is none', async () => {
    const warmStart = { run: 'gone', fingerprint: 'abc' }
    expect(await warmStartOf({ warmStart }, true)).toEqual(warmStart)
    expect(warmStartInWords(other.spec, warmStart)).toBeUndefined()
    expect(await warmStartOf({}, false)).toBeUndefined()
  })

  test('that is gone, or has other weights by now, is told plainly', async () => {
    const folder = join(runsFolder(), 'first')
    await saveRun(folder, smallRun)
    const { run, fingerprint } = await openWarmStart(folder)
    const again = () => warmStartOf({ warmStart: { run, fingerprint } }, false)
    await rm(folder, { recursive: true })
    await expect(again()).rejects.toThrow('The run "first", whose weights this training began with, is gone.')
    await saveRun(folder, { ...smallRun, network: other })
    await expect(again()).rejects.toThrow('its weights are no longer those that this training began with.')
  })
})

test("a training's state is kept without averages of what is frozen", () => {
  const network = mlp({ inputSize: 2, hiddenSizes: [2], embeddingSize: 1 }, 4)
  const [kernel, bias] = [Float32Array.of(0.1, 0.2), Float32Array.of(0.3)]
  const adam = { iteration: 4, means: [kernel, bias], meanSquares: [kernel.map(x => x * x), bias] }
  const state = { network, adam, iteration: 5, pairs: Int32Array.of(1, 2, 3, 4) }
  expect(decodeState(encodeState(state), 'state')).toEqual(state)
})
