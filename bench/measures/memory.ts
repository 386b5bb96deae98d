import { join } from 'node:path'
import type { Bench, Figure, Measure } from '../figure.ts'
import { peakIsKnown, runProcess, torchJob, twinlens } from '../process.ts'
import { interleave, type Player } from '../rounds.ts'

/** The peak comes with loading, the first iterations and embedding: more iterations need no more. */
const iterations = 20
const testCount = 5000

export const measure: Measure = {
  title: 'peak memory of the whole job at 5,000 and 60,000 images, against a PyTorch script',
  async run(bench) {
    const counts = bench.quick ? [60_000] : [5000, 60_000]
    const figures: Figure[] = []
    for (const count of counts) figures.push(await peak(bench, count))
    return figures
  },
}

async function peak(bench: Bench, trainCount: number): Promise<Figure> {
  const title = `Peak memory, ${trainCount.toLocaleString('en')} training images`
  bench.say(title)
  const run = async (name: string, words: [string, ...string[]]): Promise<number> => {
    if (!peakIsKnown) throw new Error('This system does not tell the peak memory of another process.')
    return (await runProcess({ name, words, watchMemory: true })).peakMB
  }
  const ours: Player = {
    name: 'twinlens train',
    take: round => {
      const out = join(bench.scratch, `memory-${trainCount}-${round}`)
      const settings = { 'train-count': trainCount, 'test-count': testCount, iterations, out }
      const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
      return run('twinlens train', twinlens('train', ...flags))
    },
  }
  const script: Player = {
    name: 'PyTorch script',
    take: async () =>
      run(
        'the PyTorch script',
        torchJob(await bench.python('pytorch'), { trainCount, testCount, iterations }),
      ),
  }
  const contenders = await interleave([ours, script], bench.quick ? 1 : bench.rounds)
  const note =
    'The largest resident size (VmHWM), libraries included. The script keeps its images as bytes too.'
  return { id: `memory/${trainCount}`, title, unit: 'MB', contenders, note }
}
