import { digitsFolder } from './digits.ts'
import type { Bench, Figure, PeerName } from './figure.ts'
import { Team } from './team.ts'
import { ourWorker, peerWorker, type Worker } from './worker.ts'

/** What is trained: pairs an iteration, units of both hidden layers. */
export interface Size {
  readonly batchSize: number
  readonly hidden: number
}

/** Who trains: `kind` is what its worker is to prepare. */
export interface Trainer {
  readonly name: string
  readonly kind: string
  readonly start: (bench: Bench) => Promise<Worker>
}

const ours = (backend: string) => async () => ourWorker('training.ts', backend)
const peer = (name: PeerName, program: string) => async (bench: Bench) =>
  peerWorker(program, await bench.python(name), digitsFolder)
const torch = peer('pytorch', 'torch_peer.py')

export const native: Trainer = { name: 'Twinlens, native', kind: 'step', start: ours('native') }
export const wasm: Trainer = { name: 'Twinlens, wasm', kind: 'step', start: ours('wasm') }
export const fused: Trainer = { name: 'PyTorch, fused Adam', kind: 'fused', start: torch }
export const plainTensorFlowJs: Trainer = { name: 'tfjs-node, plain', kind: 'plain', start: ours('native') }
export const productsAlone: Trainer = {
  name: 'the eight products alone, TensorFlow',
  kind: 'products',
  start: ours('native'),
}
export const everybody: readonly Trainer[] = [
  native,
  fused,
  { name: 'PyTorch, plain Adam', kind: 'plain', start: torch },
  { name: 'PyTorch, plain Adam, two forward passes', kind: 'two-passes', start: torch },
  { name: 'Keras, compiled step', kind: 'step', start: peer('keras', 'keras_peer.py') },
  plainTensorFlowJs,
  productsAlone,
  { name: 'the eight products alone, PyTorch', kind: 'products', start: torch },
]

export const defaultSize: Size = { batchSize: 180, hidden: 1024 }

/** One figure: everybody trains with this size, in turn. */
export async function iterations(
  bench: Bench,
  id: string,
  size: Size,
  trainers: readonly Trainer[],
): Promise<Figure> {
  const { batchSize, hidden } = size
  const title = `An iteration, ${batchSize} pairs, hidden ${hidden} and ${hidden}`
  bench.say(title)
  const team = await Team.gather(
    trainers.map(({ name, kind, start }) => ({
      name,
      start: () => start(bench),
      prepare: async worker => {
        await worker.ask('prepare', { kind, batchSize, hidden })
      },
    })),
  )
  const contenders = await team.race(bench.rounds, worker =>
    worker.number('ms', 'train', { turnMs: bench.turnMs }),
  )
  await team.close()
  return { id: `iteration/${id}`, title, unit: 'ms', contenders }
}
