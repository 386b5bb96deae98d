import { join } from 'node:path'
import type { Measure } from '../figure.ts'
import { runProcess, torchJob, twinlens } from '../process.ts'
import { interleave, type Player } from '../rounds.ts'

export const measure: Measure = {
  title: 'the whole default job, process start to nine neighbours, against a PyTorch script',
  async run(bench) {
    const iterations = bench.quick ? 300 : 3000
    const title = `The whole job, ${iterations.toLocaleString('en')} iterations, process start to nine neighbours`
    bench.say(title)
    let trainOnly = 0
    /** `train` itself shows nine neighbours at its end; `search` is a second process. */
    const ours: Player = {
      name: 'twinlens train, then twinlens search',
      take: async round => {
        const out = join(bench.scratch, `job-${round}`)
        const train = twinlens('train', '--iterations', String(iterations), '--out', out)
        const search = twinlens('search', out, '--index', '7')
        trainOnly = (await runProcess({ name: 'twinlens train', words: train })).seconds
        return trainOnly + (await runProcess({ name: 'twinlens search', words: search })).seconds
      },
    }
    const script: Player = {
      name: 'PyTorch script',
      take: async () => {
        const counts = { trainCount: 5000, testCount: 5000, iterations }
        const words = torchJob(await bench.python('pytorch'), counts)
        return (await runProcess({ name: 'the PyTorch script', words })).seconds
      },
    }
    const contenders = await interleave([ours, script], bench.quick ? 1 : bench.rounds)
    const note = `Ours also embeds the training images, measures quality (5-NN, precision@9, AUC over 200,000 pairs) and saves the run; the script does not. train alone, which shows nine neighbours at its end, took ${trainOnly.toFixed(1)} s in the last round.`
    return [{ id: 'job', title, unit: 's', contenders, note }]
  },
}
