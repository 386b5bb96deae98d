import { join } from 'node:path'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { type AppUnderTest, ask, openApp, openWindow } from '../app.ts'
import type { Bench, Contender, Figure, Measure } from '../figure.ts'
import { runProcess, torchJob, twinlens } from '../process.ts'
import { amongOthers } from '../quiet.ts'
import { interleave, sentenceOf } from '../rounds.ts'

export const measure: Measure = {
  title: 'start-up: process to first iteration, engine ready to first iteration, first paint',
  async run(bench) {
    bench.say('Start-up')
    const rounds = bench.quick ? 1 : bench.rounds
    return [await commandLine(bench, rounds), ...(await wholeApp(rounds))]
  },
}

/** Both are ended after their first iteration. */
async function commandLine(bench: Bench, rounds: number): Promise<Figure> {
  const ours = {
    name: 'twinlens train',
    take: async (round: number) => {
      const out = join(bench.scratch, `start-${round}`)
      const words = twinlens('train', '--iterations', '1', '--json', '--out', out)
      return (await runProcess({ name: 'twinlens train', words, until: '"event":"stage"' })).seconds
    },
  }
  const script = {
    name: 'PyTorch script',
    take: async () => {
      const counts = { trainCount: 5000, testCount: 5000, iterations: 1 }
      const words = torchJob(await bench.python('pytorch'), counts)
      return (await runProcess({ name: 'the PyTorch script', words, until: 'iteration 1:' })).seconds
    },
  }
  const title = 'Process start to the end of the first iteration'
  return { id: 'startup/process', title, unit: 's', contenders: await interleave([ours, script], rounds) }
}

/** Three moments of the app's first seconds; every start gives a sample of each. */
async function wholeApp(rounds: number): Promise<Figure[]> {
  const ready: number[] = []
  const iteration: number[] = []
  const paint: number[] = []
  const othersBusy: number[] = []
  let noPaint: string | undefined
  const start = async (): Promise<void> => {
    const app = await openApp()
    try {
      const painted = secondsToFirstPaint(app).then(
        seconds => paint.push(seconds),
        (error: unknown) => {
          noPaint = sentenceOf(error)
        },
      )
      await ask(app, client => client.backend())
      ready.push((performance.now() - app.startedAt) / 1000)
      await painted
      iteration.push(await secondsToFirstIteration(app))
    } finally {
      await app.close()
    }
  }
  for (let round = 0; round < rounds; round++) othersBusy.push((await amongOthers(start)).othersBusy)
  const painted: Contender =
    noPaint === undefined
      ? { name: 'Twinlens in Chromium', samples: paint, othersBusy }
      : { name: 'Twinlens in Chromium', unavailable: noPaint }
  const alone = (id: string, title: string, contender: Contender): Figure => ({
    id: `startup/${id}`,
    title,
    unit: 's',
    contenders: [contender],
  })
  return [
    alone('ready', 'App started to engine ready, the window opening meanwhile', {
      name: 'Twinlens',
      samples: ready,
    }),
    alone('first-iteration', 'Engine ready to the end of the first iteration', {
      name: 'Twinlens',
      samples: iteration,
      othersBusy,
    }),
    alone('first-paint', "The window's first paint, the engine starting meanwhile", painted),
  ]
}

/** From the call that starts a training, its data not yet read. */
function secondsToFirstIteration(app: AppUnderTest): Promise<number> {
  return ask(app, async client => {
    const started = performance.now()
    await client.start({ hyperparameters: defaults, data: { trainCount: 5000, testCount: 5000 } })
    for await (const { iteration, error } of client.training()) {
      if (error !== null) throw new Error(error.message)
      if (iteration > 0) return (performance.now() - started) / 1000
    }
    throw new Error('The training was never told of.')
  })
}

/** As the browser says it: from asking for the page to the first contents on screen. */
async function secondsToFirstPaint(app: AppUnderTest): Promise<number> {
  const page = await openWindow(app)
  const ms: unknown = await page.evaluate(
    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime",
  )
  if (typeof ms !== 'number') throw new Error('The browser told of no paint.')
  return ms / 1000
}
