import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DataSet, LabelledImages } from '../../../../src/main/engine/data/data-set.ts'
import { loadDigits } from '../../../../src/main/engine/data/digits.ts'
import { holdOut } from '../../../../src/main/engine/data/hold-out.ts'
import { embed } from '../../../../src/main/engine/embedding/embed.ts'
import { openInterrupted, type Progress } from '../../../../src/main/engine/runs/interrupted.ts'
import {
  openConfig,
  openEvaluations,
  openMoments,
  openRun,
  openState,
} from '../../../../src/main/engine/runs/run-folder.ts'
import type { RunMoment } from '../../../../src/main/engine/runs/run-moments.ts'
import { progressOfRun } from '../../../../src/main/engine/runs/run-progress.ts'
import { type BackendReport, openBackend } from '../../../../src/main/engine/tensorflow/backends.ts'
import { type JobEvent, runJob } from '../../../../src/main/engine/training-job.ts'
import { disposeNetwork, toNetwork } from '../../../../src/main/engine/twin/network/network.ts'
import type { NetworkValues } from '../../../../src/main/engine/twin/network/network-values.ts'
import { defaults, type Hyperparameters } from '../../../../src/shared/hyperparameters.ts'
import { availableBackends } from '../../../support/backends.ts'
import { temporaryFolder } from '../../../support/files.ts'

const hyperparameters: Hyperparameters = {
  ...defaults,
  hiddenSizes: [12],
  batchSize: 10,
  // Too large: it gets worse again, so that there is something to choose.
  learningRate: 0.1,
  iterations: 40,
  evaluateEvery: 3,
  validationShare: 0.25,
  patience: 4,
}

/** The share that is named rightly by the most frequent class of the five nearest, the nearest of those deciding a tie. */
async function accuracyOf(
  values: NetworkValues,
  gallery: LabelledImages,
  queries: LabelledImages,
): Promise<number> {
  const network = toNetwork(values)
  const [all, asked] = [await embed(network, gallery), await embed(network, queries)]
  disposeNetwork(network)
  const { size } = all
  const right = Array.from(queries.labels, (label, query) => {
    const found = Array.from(gallery.labels, (other, i) => {
      let sum = 0
      for (let k = 0; k < size; k++)
        sum += ((all.values[i * size + k] as number) - (asked.values[query * size + k] as number)) ** 2
      return { other, sum }
    })
    const nearest = found.toSorted((a, b) => a.sum - b.sum).slice(0, 5)
    const votes = (one: number): number => nearest.filter(({ other }) => other === one).length
    const most = Math.max(...nearest.map(({ other }) => votes(other)))
    return nearest.find(({ other }) => votes(other) === most)?.other === label
  })
  return right.filter(Boolean).length / right.length
}

describe.each(availableBackends(['native', 'wasm']))('on %s a training that is evaluated', name => {
  let backend: BackendReport
  let data: DataSet
  beforeAll(async () => {
    backend = await openBackend(name)
    data = await loadDigits(120, 40)
  })

  async function train(
    folder: string,
    more: Partial<{
      change: Partial<Hyperparameters>
      progress: Progress | undefined
      until: number
      stopAt: number
      moments: () => readonly RunMoment[]
    }> = {},
  ): Promise<JobEvent[]> {
    const { change, progress, moments, until = Number.POSITIVE_INFINITY, stopAt = until } = more
    const stop = new AbortController()
    const events: JobEvent[] = []
    const job = { data, hyperparameters: { ...hyperparameters, ...change }, backend, name: 'digits', folder }
    const all = { ...job, progress, checkpointEvery: 2, singleSteps: () => true }
    for await (const event of runJob(moments === undefined ? all : { ...all, moments }, stop.signal)) {
      events.push(event)
      if (event.kind !== 'losses') continue
      if (event.firstIteration >= stopAt) stop.abort()
      if (event.firstIteration >= until) break
    }
    return events
  }

  test('ends early with the best network, measured on images that it did not learn from', async () => {
    const folder = await temporaryFolder()
    const run = join(folder, 'run')
    const events = await train(run)
    const evaluations = await openEvaluations(run)
    const { evaluated, iterations } = await openConfig(run)
    const best = evaluations.reduce((a, b) => (b.accuracy > a.accuracy ? b : a))
    expect(evaluations.map(({ iteration }) => iteration)).toEqual(evaluations.map((_, i) => 3 * (i + 1)))
    expect(iterations).toBe(best.iteration + 3 * 4)
    expect(iterations).toBeLessThan(40)
    expect(evaluated).toEqual({ on: 'validation', count: evaluations.length, best, stoppedEarly: true })
    expect(events.flatMap(event => (event.kind === 'evaluation' ? [event.evaluation] : []))).toEqual(
      evaluations,
    )
    const opened = await openRun(run)
    const { train: learned, test: held } = holdOut(data, { share: 0.25, seed: 1 })
    expect(await accuracyOf(opened.network, learned, held)).toBe(best.accuracy)
    expect(opened.config.quality.knnAccuracy).toBe(await accuracyOf(opened.network, data.train, data.test))
    // The same training without evaluations, on the images that were left to learn from, is there after so many iterations.
    const short = join(folder, 'short')
    data = holdOut(data, { share: 0.25, seed: 1 })
    await train(short, {
      change: { evaluateEvery: 0, validationShare: 0, patience: 0, iterations: best.iteration },
    })
    data = await loadDigits(120, 40)
    expect((await openRun(short)).network).toEqual(opened.network)
    expect((await openRun(short)).losses).toEqual(opened.losses.slice(0, best.iteration))
  })

  test('goes on after interruptions to the same end, to the last bit, with its moments', async () => {
    const folder = await temporaryFolder()
    const [whole, run] = [join(folder, 'whole'), join(folder, 'run')]
    await train(whole)
    const length = (await openConfig(whole)).iterations
    let progress: Progress | undefined
    const momentOf = (iteration: number): RunMoment => ({
      embedding: { values: new Float32Array(80).fill(iteration), count: 40, size: 2 },
      iteration,
      oldestIteration: iteration,
    })
    let moments: readonly RunMoment[] = [momentOf(0), momentOf(2)]
    for (const until of [6, 8, length - 2]) {
      await train(run, { progress, until, moments: () => moments })
      progress = (await openInterrupted(`${run}.training`)).progress
      expect(progress?.moments).toEqual(moments)
      moments = [...moments, momentOf(until)]
    }
    // Nobody asks for points on the command line: those of before are kept all the same.
    const before = progress?.moments ?? []
    await train(run, { progress })
    expect(await openMoments(run)).toEqual(before)
    expect(await openEvaluations(run)).toEqual(await openEvaluations(whole))
    expect((await openConfig(run)).evaluated).toEqual((await openConfig(whole)).evaluated)
    expect((await openRun(run)).losses).toEqual((await openRun(whole)).losses)
    expect((await openRun(run)).network).toEqual((await openRun(whole)).network)
    expect(await openState(run)).toEqual(await openState(whole))
    expect((await readdir(folder)).toSorted()).toEqual(['run', 'whole'])
  })

  test('that was stopped goes on exactly as a run, too', async () => {
    const folder = await temporaryFolder()
    const [whole, stopped, run] = [join(folder, 'whole'), join(folder, 'stopped'), join(folder, 'run')]
    await train(whole)
    await train(stopped, { stopAt: 7 })
    const config = await openConfig(stopped)
    expect(config.iterations).toBe(7)
    expect(config.evaluated?.count).toBe(2)
    await train(run, { progress: await progressOfRun(stopped, config) })
    expect(await openEvaluations(run)).toEqual(await openEvaluations(whole))
    expect((await openRun(run)).network).toEqual((await openRun(whole)).network)
    expect((await openRun(run)).losses).toEqual((await openRun(whole)).losses)
  })

  test('that ended early has patience anew where someone goes on with it', async () => {
    const folder = await temporaryFolder()
    const [ended, run] = [join(folder, 'ended'), join(folder, 'run')]
    await train(ended)
    const config = await openConfig(ended)
    await train(run, { progress: await progressOfRun(ended, config) })
    const after = await openConfig(run)
    expect(after.iterations).toBeGreaterThan(config.iterations)
    expect((await openEvaluations(run)).slice(0, config.evaluated?.count)).toEqual(
      await openEvaluations(ended),
    )
  })

  test('without a validation share is shown on the test images, and ends with its last network', async () => {
    const folder = await temporaryFolder()
    const [run, plain] = [join(folder, 'run'), join(folder, 'plain')]
    const change = { validationShare: 0, patience: 0, iterations: 8 }
    await train(run, { change })
    await train(plain, { change: { ...change, evaluateEvery: 0 } })
    const opened = await openRun(run)
    const evaluations = await openEvaluations(run)
    expect(evaluations.map(({ iteration }) => iteration)).toEqual([3, 6, 8])
    expect(opened.config.evaluated).toEqual({ on: 'test', count: 3, best: null, stoppedEarly: false })
    expect(evaluations.at(-1)?.accuracy).toBe(opened.config.quality.knnAccuracy)
    const { network, losses, test: points } = await openRun(plain)
    expect(opened).toMatchObject({ network, losses, test: points })
    expect(await openEvaluations(plain)).toEqual([])
  })

  test('a checkpoint whose best network is gone is passed over', async () => {
    const run = join(await temporaryFolder(), 'run')
    await train(run, { until: 9 })
    const newest = (await openInterrupted(`${run}.training`)).progress?.state.iteration
    await rm(join(`${run}.training`, `iteration-${newest}`, 'best.safetensors'))
    const found = await openInterrupted(`${run}.training`)
    expect(found.damaged).toEqual([`iteration-${newest}`])
    expect(found.progress?.best).toBeDefined()
  })

  test.each([
    [{ patience: 3, validationShare: 0 }, /Patience needs a validation share above 0/],
    [{ patience: 3, evaluateEvery: 0 }, /Patience needs evaluations: set “Evaluate every” above 0/],
    [{ patience: 0, evaluateEvery: 0 }, /nothing is measured on: set “Evaluate every” above 0/],
    [{ validationShare: 0.001 }, /too few training images/],
  ])('%j is refused, and nothing is left behind', async (change, fault) => {
    const folder = await temporaryFolder()
    await expect(train(join(folder, 'run'), { change })).rejects.toThrow(fault)
    expect(await readdir(folder)).toEqual([])
  })
})
