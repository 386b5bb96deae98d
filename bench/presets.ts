/**
 * Every preset on the bundled digits, natively, and pytorch-metric-learning in the time of the last of them, interleaved over
 * three seeds (--quick: one). Run: npm run bench:presets [-- --quick] [--losses LOSS,...] [--at-most ITERATIONS] [--write];
 * --write writes docs/presets-bench.md, --losses leaves out the peer's others, --at-most shortens the presets' trainings, to
 * try the bench itself.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { presetNames } from '../src/shared/hyperparameters/presets.ts'
import { digitsFolder } from './digits.ts'
import { describeMachine, loadNow } from './machine.ts'
import { PeerEnvironment } from './peers/environment.ts'
import { type Entrant, type PresetResults, presetsMarkdown, type Turn } from './presets-table.ts'
import { amongOthers, busyShare, waitForOthers } from './quiet.ts'
import { sentenceOf } from './rounds.ts'
import { ourWorker, peerWorker, type Worker } from './worker.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    'at-most': { type: 'string' },
    losses: { type: 'string' },
  },
})
const atMost = Number(options['at-most'] ?? Number.MAX_SAFE_INTEGER)
if (!(Number.isInteger(atMost) && atMost > 0)) throw new Error('--at-most takes a whole number from 1.')
const seeds = options.quick ? [1] : [1, 2, 3]
/** Presets go from the plainest to the most accurate. */
const pace = presetNames.at(-1) ?? 'recipe'
const allLosses = ['contrastive', 'multi-similarity', 'supervised-contrastive', 'normalised-softmax']
const losses = options.losses?.split(',') ?? allLosses
const unknown = losses.find(loss => !allLosses.includes(loss))
if (unknown !== undefined) throw new Error(`There is no loss "${unknown}": ${allLosses.join(', ')}.`)
const say = (sentence: string): void => console.error(sentence)

class Scores {
  readonly #turns = new Map<string, Turn[]>()
  readonly #failures = new Map<string, string>()

  /** One training in a process of its own. Who failed once does not try again. */
  async take(name: string, start: () => Promise<Worker>, request: Readonly<Record<string, unknown>>) {
    if (this.#failures.has(name)) return
    let worker: Worker | undefined
    try {
      const begun = await start()
      worker = begun
      const { result, othersBusy } = await amongOthers(() => begun.ask('train', request))
      const { seconds, accuracy } = result
      if (seconds === undefined || accuracy === undefined) throw new Error(`${name} did not say how it went.`)
      this.#turns.set(name, [...this.turnsOf(name), { seconds, accuracy, othersBusy }])
      say(`${name}, seed ${request['seed']}: ${seconds.toFixed(1)} s, 5-NN ${accuracy.toFixed(4)}`)
    } catch (error) {
      this.#failures.set(name, sentenceOf(error))
      say(`${name}: ${sentenceOf(error)}`)
    } finally {
      await worker?.close()
    }
  }

  turnsOf(name: string): readonly Turn[] {
    return this.#turns.get(name) ?? []
  }

  entrant(name: string): Entrant {
    const turns = this.turnsOf(name)
    const unavailable = this.#failures.get(name) ?? (turns.length === 0 ? 'It had no turn.' : undefined)
    return unavailable === undefined ? { name, turns } : { name, unavailable }
  }
}

/** Each round begins with another one, so that nobody always follows the same. */
const turned = <T>(list: readonly T[], by: number): T[] =>
  list.map((_, i) => list[(i + by) % list.length] as T)

waitForOthers(options.quick ? 6_000 : 180_000)
const load = loadNow()
const before = await busyShare(1000)
const environment = new PeerEnvironment(say)
const scores = new Scores()
const metricLearning = async (): Promise<Worker> => {
  await environment.python('pytorch')
  const python = await environment.python('pytorch-metric-learning')
  return peerWorker('metric_learning_peer.py', python, digitsFolder)
}
/** After every round, so that one that is interrupted leaves those before it. */
async function writeResults(): Promise<PresetResults> {
  const results: PresetResults = {
    made: new Date().toISOString(),
    quick: options.quick,
    losses: losses === allLosses ? undefined : losses,
    machine: describeMachine(await environment.versions(), {
      busy: { before, after: await busyShare(1000) },
      load,
    }),
    presets: presetNames.map(name => scores.entrant(name)),
    peers: losses.map(name => scores.entrant(name)),
    pace,
  }
  const folder = join(import.meta.dirname, '../build/bench')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'presets.json'), `${JSON.stringify(results, null, 2)}\n`)
  if (options.write)
    await writeFile(join(import.meta.dirname, '../docs/presets-bench.md'), presetsMarkdown(results))
  return results
}

for (const [round, seed] of seeds.entries()) {
  for (const preset of turned(presetNames, round)) {
    await scores.take(preset, async () => ourWorker('preset.ts', 'native'), { preset, seed, atMost })
  }
  const seconds = scores.turnsOf(pace)[round]?.seconds
  if (seconds === undefined) break
  for (const loss of turned(losses, round)) await scores.take(loss, metricLearning, { loss, seconds, seed })
  await writeResults()
}
const results = await writeResults()
console.log(presetsMarkdown(results))
if (results.presets.some(one => 'unavailable' in one)) process.exitCode = 1
