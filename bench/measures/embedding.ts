import { digitsFolder } from '../digits.ts'
import type { Bench, Measure } from '../figure.ts'
import { Team } from '../team.ts'
import { ourWorker, peerWorker, type Worker } from '../worker.ts'

const count = 60_000
/** Images a forward pass of the peers takes at once. */
const rows = 1000

interface Embedder {
  readonly name: string
  readonly kind: 'net' | 'products'
  readonly start: (bench: Bench) => Promise<Worker>
}

const ours = async () => ourWorker('embedding.ts', 'native')
const torch = async (bench: Bench) => peerWorker('torch_peer.py', await bench.python('pytorch'), digitsFolder)

const embedders: readonly Embedder[] = [
  { name: 'Twinlens, native', kind: 'net', start: ours },
  { name: 'PyTorch', kind: 'net', start: torch },
  {
    name: 'Keras, predict',
    kind: 'net',
    start: async bench => peerWorker('keras_peer.py', await bench.python('keras'), digitsFolder),
  },
  { name: 'the products alone, TensorFlow', kind: 'products', start: ours },
  { name: 'the products alone, PyTorch', kind: 'products', start: torch },
]

export const measure: Measure = {
  title: 'embedding 60,000 images, against PyTorch, Keras and the matrix products alone',
  async run(bench) {
    if (bench.quick) return []
    const title = `Embedding ${count.toLocaleString('en')} images`
    bench.say(title)
    const team = await Team.gather(
      embedders.map(({ name, kind, start }) => ({
        name,
        start: () => start(bench),
        prepare: async worker => {
          await worker.ask('embed_prepare', { kind, count, rows })
        },
      })),
    )
    const contenders = await team.race(bench.rounds, worker =>
      worker.number('ms', 'embed', { turnMs: bench.turnMs }),
    )
    await team.close()
    return [
      {
        id: `embedding/${count}`,
        title,
        unit: 'ms',
        contenders,
        note: `Peers and products take ${rows} images at once.`,
      },
    ]
  },
}
