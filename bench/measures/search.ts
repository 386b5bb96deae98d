import type { Bench, Figure, Measure } from '../figure.ts'
import { queryCount, writePoints } from '../points.ts'
import { Team } from '../team.ts'
import { ourWorker, peerWorker, type Worker } from '../worker.ts'

type Searcher = (bench: Bench) => Promise<Worker>

/** Contenders by name; ours first. */
const searchers: Readonly<Record<string, Searcher>> = {
  Twinlens: async () => ourWorker('search.ts', 'native'),
  'scikit-learn, brute force': async bench =>
    peerWorker('search_peer.py', await bench.python('scikit-learn'), 'brute'),
  'scikit-learn, kd-tree': async bench =>
    peerWorker('search_peer.py', await bench.python('scikit-learn'), 'kd_tree'),
  'faiss-cpu, flat': async bench => peerWorker('search_peer.py', await bench.python('faiss'), 'flat'),
}

const all = [5000, 60_000, 1_000_000].flatMap(count => [2, 64].map(size => ({ count, size })))
/**
 * In many dimensions a kd-tree looks at nearly every point: with a million it would take minutes to say so, and in a quick run
 * it is left out.
 */
const isHopeless = (name: string, count: number, size: number, quick: boolean): boolean =>
  name.includes('kd-tree') && size > 20 && (quick || count > 100_000)

export const measure: Measure = {
  title: 'exact nearest neighbours, one query and batches of 100, against scikit-learn and faiss-cpu',
  async run(bench) {
    const sizes = bench.quick
      ? all.filter(({ count, size }) => count === (size === 2 ? 1_000_000 : 60_000))
      : all
    const figures: Figure[] = []
    for (const { count, size } of sizes) figures.push(...(await searches(bench, count, size)))
    return figures
  },
}

const kinds = { build: 'index built', one: 'one query', batch: `${queryCount} queries at once` } as const

async function searches(bench: Bench, count: number, size: number): Promise<Figure[]> {
  const where = `${count.toLocaleString('en')} points x ${size}`
  bench.say(`Nine nearest of ${where}`)
  const files = await writePoints(bench.scratch, count, size)
  const sums = new Map<string, number>()
  const names = Object.keys(searchers).filter(name => !isHopeless(name, count, size, bench.quick))
  const team = await Team.gather(
    names.map(name => ({
      name,
      start: () => (searchers[name] as Searcher)(bench),
      prepare: async worker => {
        await worker.ask('load', { ...files, size })
        sums.set(name, await worker.number('sum', 'check'))
      },
    })),
  )
  const race = async (kind: keyof typeof kinds): Promise<Figure> => ({
    id: `search/${count}x${size}/${kind}`,
    title: `Nine nearest of ${where}: ${kinds[kind]}`,
    unit: 'ms',
    contenders: await team.race(bench.rounds, worker =>
      worker.number('ms', kind, kind === 'build' ? {} : { turnMs: bench.turnMs / 2 }),
    ),
    note: farther(sums),
  })
  const figures = count === 1_000_000 ? [await race('build')] : []
  figures.push(await race('one'), await race('batch'))
  await team.close()
  return figures
}

/** Everybody claims to be exact. Who finds points farther away than the nearest found is named. */
function farther(sums: ReadonlyMap<string, number>): string {
  const best = Math.min(...sums.values())
  const late = [...sums].filter(([, sum]) => sum > 1.0001 * best)
  return late
    .map(
      ([name, sum]) =>
        `${name} misses some: what it finds lies ${(100 * (sum / best - 1)).toPrecision(2)}% farther.`,
    )
    .join(' ')
}
