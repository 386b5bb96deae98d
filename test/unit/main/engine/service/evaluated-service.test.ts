import { cp, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openEvaluations } from '../../../../../src/main/engine/runs/run-folder.ts'
import type { LiveEvaluations, Moments } from '../../../../../src/shared/contract.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { openServiceClient, type ServiceClient, smallData } from '../../../../support/service-client.ts'

const small = {
  ...defaults,
  ...{ hiddenSizes: [16], batchSize: 20, margin: 1, learningRate: 3e-3 },
  // It is stopped once it has come far enough, however fast the machine.
  ...{ iterations: 1_000_000, evaluateEvery: 5, validationShare: 0.2 },
}

let service: ServiceClient
beforeAll(async () => {
  service = await openServiceClient()
  await service.client.openData(smallData)
})
afterAll(() => service.close())

async function first<T>(items: AsyncIterable<T>): Promise<T> {
  for await (const item of items) return item
  throw new Error('The stream ended.')
}
const moments = (): Promise<Moments> => first(service.client.moments())
const evaluations = (): Promise<LiveEvaluations> => first(service.client.evaluations())

async function trained(): Promise<string> {
  await service.client.stop()
  const { folder } = await service.when(({ phase }) => phase === 'done' || phase === 'failed')
  return folder as string
}

describe('a training that is evaluated', () => {
  test('tells its evaluations as they come, and goes on after an interruption with all of them and all its moments', async () => {
    const { client, folder } = service
    await client.start({ hyperparameters: small, data: smallData })
    for await (const { iterations } of client.moments()) if (iterations.length > 3) break
    for await (const { iterations } of client.evaluations()) if (iterations.length > 3) break
    await client.pause()
    const runs = join(folder, 'runs')
    const newest = async (): Promise<number> => {
      const [training] = (await readdir(runs)).filter(name => name.endsWith('.training'))
      const names = await readdir(join(runs, training as string))
      return Math.max(0, ...names.map(name => Number(/^iteration-(\d+)$/.exec(name)?.[1] ?? 0)))
    }
    const { iteration } = await client.step()
    await vi.waitFor(async () => expect(await newest()).toBeGreaterThanOrEqual(iteration), {
      timeout: 30_000,
    })
    const [before, evaluated] = [await moments(), await evaluations()]
    const kept = await newest()
    // As if the process had been killed here.
    const [training] = (await readdir(runs)).filter(name => name.endsWith('.training'))
    await cp(join(runs, training as string), join(runs, 'killed.training'), { recursive: true })
    await rm(join(runs, 'killed.training', 'owner.json'))
    const run = await trained()
    const saved = await openEvaluations(run)
    expect(saved.slice(0, evaluated.iterations.length).map(one => one.iteration)).toEqual([
      ...evaluated.iterations,
    ])
    expect(evaluated.on).toBe('validation')
    const told = await client.runEvaluations({ name: basename(run) })
    expect([...told.accuracy]).toEqual(saved.map(({ accuracy }) => accuracy))

    const resumed = await client.resumeInterrupted({ name: 'killed' })
    const soFar = saved.filter(one => one.iteration <= kept)
    expect(resumed.evaluated?.count).toBe(soFar.length)
    const after = await moments()
    expect(after.training).toBe(resumed.training)
    // The points of the pause itself are placed once its checkpoint is on its way.
    const whole = [...before.iterations].filter(one => one < kept)
    expect(whole.length).toBeGreaterThan(2)
    expect([...after.iterations].slice(0, whole.length)).toEqual(whole)
    expect([...(await evaluations()).accuracy].slice(0, soFar.length)).toEqual(
      soFar.map(({ accuracy }) => accuracy),
    )
    await service.when(now => now.phase === 'failed' || now.iteration > kept)
    const second = await trained()
    expect((await openEvaluations(second)).slice(0, soFar.length)).toEqual(soFar)
  }, 120_000)

  test('is refused before it begins where the fields do not go together', async () => {
    const start = (change: object) =>
      service.client.start({ hyperparameters: { ...small, ...change }, data: smallData })
    await expect(start({ validationShare: 0, patience: 2 })).rejects.toThrow(
      /Patience needs a validation share/,
    )
    await expect(start({ evaluateEvery: 0 })).rejects.toThrow(/nothing is measured on/)
  })
})
