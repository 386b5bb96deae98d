import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DataSet } from '../../../../../src/main/engine/data/data-set.ts'
import { loadDigits } from '../../../../../src/main/engine/data/digits.ts'
import {
  discardInterrupted,
  isUnderWay,
  openInterrupted,
  ownerJson,
  type Progress,
  tidyInterrupted,
} from '../../../../../src/main/engine/runs/interrupted.ts'
import { openRun, openState } from '../../../../../src/main/engine/runs/run-folder.ts'
import type { BackendReport } from '../../../../../src/main/engine/tensorflow/backends.ts'
import { openBackend } from '../../../../../src/main/engine/tensorflow/backends.ts'
import { runJob } from '../../../../../src/main/engine/training-job.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { availableBackends } from '../../../../support/backends.ts'
import { temporaryFolder } from '../../../../support/files.ts'

const hyperparameters = {
  ...defaults,
  hiddenSizes: [12, 8],
  batchSize: 10,
  learningRate: 1e-2,
  iterations: 20,
}

describe.each(availableBackends(['native', 'wasm']))('a training on %s that goes on', name => {
  let backend: BackendReport
  let data: DataSet
  beforeAll(async () => {
    backend = await openBackend(name)
    data = await loadDigits(80, 20)
  })

  /** @param until leaves it there as a crash does; to its end if left out */
  async function train(folder: string, from?: Progress, until = Number.POSITIVE_INFINITY): Promise<void> {
    const job = { data, hyperparameters, backend, name: 'digits', folder, progress: from }
    const events = runJob(
      { ...job, checkpointEvery: 3, singleSteps: () => true },
      new AbortController().signal,
    )
    for await (const event of events) if (event.kind === 'losses' && event.firstIteration >= until) break
  }
  const lossesOf = async (run: string): Promise<Float32Array> => (await openRun(run)).losses

  test('gives the losses and weights of one undisturbed, to the last bit, after three interruptions', async () => {
    const folder = await temporaryFolder()
    const [whole, run] = [join(folder, 'whole'), join(folder, 'run')]
    await train(whole)
    let from: Progress | undefined
    for (const until of [7, 8, 16]) {
      await train(run, from, until)
      from = (await openInterrupted(`${run}.training`)).progress
      expect(from?.state.iteration).toBe(3 * Math.floor((until - 1) / 3))
    }
    await train(run, from)
    expect(await lossesOf(run)).toEqual(await lossesOf(whole))
    expect((await openRun(run)).network).toEqual((await openRun(whole)).network)
    expect(await openState(run)).toEqual(await openState(whole))
    expect((await readdir(folder)).toSorted()).toEqual(['run', 'whole'])
  })

  test('a damaged checkpoint falls back to the one before it, and what is half-written is removed', async () => {
    const folder = await temporaryFolder()
    const run = join(folder, 'run')
    const training = `${run}.training`
    await train(run, undefined, 11)
    expect((await readdir(training)).filter(one => one.startsWith('iteration-')).toSorted()).toEqual([
      'iteration-6',
      'iteration-9',
    ])
    await appendFile(join(training, 'iteration-9', 'state.safetensors'), 'x')
    await mkdir(join(training, 'iteration-10.tmp-1'))
    await mkdir(`${run}.tmp-1`)
    const found = await openInterrupted(training)
    expect(found.damaged).toEqual(['iteration-9'])
    expect(found.progress?.state.iteration).toBe(6)
    await tidyInterrupted(found)
    expect((await readdir(training)).filter(one => one.startsWith('iteration-'))).toEqual(['iteration-6'])
    expect(await readdir(folder)).toEqual(['run.training'])
  })

  test('a training whose run cannot be saved at its end can go on from what was kept', async () => {
    const folder = await temporaryFolder()
    const run = join(folder, 'run')
    const job = { data, hyperparameters, backend, name: 'digits', folder: run, checkpointEvery: 3 }
    const events = runJob({ ...job, singleSteps: () => true }, new AbortController().signal)
    const all = async () => {
      // Another process has made a folder of that name meanwhile.
      for await (const event of events) if (event.kind === 'stage') await mkdir(run, { recursive: true })
    }
    await expect(all()).rejects.toThrow(run)
    expect((await openInterrupted(`${run}.training`)).progress?.state.iteration).toBe(18)
  })

  test('whatever keeps a checkpoint from being written is told once, and the training goes on', async () => {
    const folder = await temporaryFolder()
    const run = join(folder, 'run')
    // A file where the folder would be: nothing can be kept.
    await writeFile(`${run}.training`, '')
    const warnings: string[] = []
    const job = { data, hyperparameters, backend, name: 'digits', folder: run, checkpointEvery: 5 }
    for await (const event of runJob(job, new AbortController().signal))
      if (event.kind === 'warning') warnings.push(event.message)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/checkpoint could not be kept.*goes on/)
    expect(await lossesOf(run)).toHaveLength(20)
  })
})

test('a training of a living process is under way; one of an earlier start of the computer is not', async () => {
  const folder = await temporaryFolder()
  expect(await isUnderWay(folder)).toBe(false)
  const owner = (pid: number, booted: number): Promise<void> =>
    writeFile(join(folder, 'owner.json'), JSON.stringify({ pid, booted }))
  await owner(process.pid, 1000)
  expect(await isUnderWay(folder)).toBe(false)
  await writeFile(join(folder, 'owner.json'), ownerJson())
  expect(await isUnderWay(folder)).toBe(true)
  await expect(discardInterrupted(folder)).rejects.toThrow('is being trained already')
})
