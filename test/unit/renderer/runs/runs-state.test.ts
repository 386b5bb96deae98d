import { expect, test } from 'vitest'
import { createRuns } from '../../../../src/renderer/runs/runs-state.ts'
import type { RunSummary } from '../../../../src/shared/contract.ts'
import { fakeRun } from '../../../fakes/fake-run-library.ts'
import { untrainedEngine } from '../search/engines.ts'

const notes = (title: string) => ({ title, note: '', tags: [] })

/** A list of one run, whose answers to "which runs?" arrive when the test says so. */
async function slowRuns() {
  const { engine, fake } = await untrainedEngine()
  fake.library.runs = [fakeRun(1)]
  const waiting: (() => void)[] = []
  const runs = async (): Promise<readonly RunSummary[]> => {
    const answer = [...fake.library.runs]
    await new Promise<void>(resolve => waiting.push(resolve))
    return answer
  }
  const client = new Proxy(engine.client, {
    get: (target, name, receiver) => (name === 'runs' ? runs : Reflect.get(target, name, receiver)),
  })
  const answered = async (which: number) => {
    await expect.poll(() => waiting.length).toBeGreaterThan(which)
    waiting[which]?.()
  }
  return { state: createRuns({ ...engine, client }), answered, fake, name: fakeRun(1).name }
}

test('a title that was given while the list was on its way is not taken back by it', async () => {
  const { state, answered, name } = await slowRuns()
  const first = state.refresh()
  await answered(0)
  await first
  const second = state.refresh()
  await state.describe(name, notes('The first'))
  expect(state.runs.value?.map(run => run.notes.title)).toEqual(['The first'])
  await answered(1)
  await answered(2)
  await second
  expect(state.runs.value?.map(run => run.notes.title)).toEqual(['The first'])
})

test('of two lists that were asked for the newer one is shown, in whatever order they arrive', async () => {
  const { state, answered, fake } = await slowRuns()
  const older = state.refresh()
  await expect.poll(() => fake.library.runs.length).toBe(1)
  fake.library.runs = [fakeRun(1), fakeRun(2)]
  const newer = state.refresh()
  await answered(1)
  await newer
  await answered(0)
  await older
  expect(state.runs.value).toHaveLength(2)
})
