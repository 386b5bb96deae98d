import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { type AppUnderTest, ask, openApp, openWindow, trainingNow } from '../app.ts'
import type { Measure } from '../figure.ts'
import { interleave, type Player } from '../rounds.ts'
import { defaultSize } from '../trainers.ts'
import { ourWorker } from '../worker.ts'

export const measure: Measure = {
  title: 'an iteration in the full app, its window open, against the bare loop',
  async run(bench) {
    const title = 'An iteration in the full app'
    bench.say(title)
    const turnMs = bench.quick ? 1000 : 5000
    const bare = ourWorker('training.ts', 'native')
    const app = await openApp()
    try {
      await bare.ask('prepare', { kind: 'step', ...defaultSize })
      await ask(app, client =>
        client.start({
          hyperparameters: { ...defaults, iterations: 1_000_000 },
          data: { trainCount: 5000, testCount: 5000 },
        }),
      )
      await ask(app, client => client.pause())
      const players: Player[] = [
        {
          name: 'the full app, its window open',
          take: () => withWindow(app, () => msAnIteration(app, turnMs)),
        },
        { name: 'the app without a window', take: () => msAnIteration(app, turnMs) },
        { name: 'the bare loop', take: () => bare.number('ms', 'train', { turnMs }) },
      ]
      const contenders = await interleave(players, bench.quick ? 1 : bench.rounds)
      const note =
        'The window is a headless Chromium on the same cores; without a GPU it draws on them too. npm run bench:window says more.'
      return [{ id: 'app', title, unit: 'ms', contenders, note }]
    } finally {
      await bare.close()
      await app.close()
    }
  },
}

async function withWindow(app: AppUnderTest, work: () => Promise<number>): Promise<number> {
  const page: Page = await openWindow(app)
  try {
    return await work()
  } finally {
    await page.context().close()
  }
}

/** The training goes on for a turn, and a second before that is not counted. */
async function msAnIteration(app: AppUnderTest, turnMs: number): Promise<number> {
  await ask(app, client => client.resume())
  await sleep(1000)
  const before = await ask(app, trainingNow)
  await sleep(turnMs)
  const after = await ask(app, trainingNow)
  await ask(app, client => client.pause())
  return (1000 * (after.elapsedSeconds - before.elapsedSeconds)) / (after.iteration - before.iteration)
}
