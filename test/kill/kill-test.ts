/** Usage: npm run kill-test [-- KILLS [BACKEND [SEED]]]: kills trainings at random moments; each must go on to the last bit. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killChain } from './kill-chain.ts'

const [kills = '200', backend = 'native', seed = '1'] = process.argv.slice(2)
const folder = await mkdtemp(join(tmpdir(), 'twinlens-kill-'))
try {
  const report = await killChain({
    kills: Number(kills),
    seed: Number(seed),
    folder,
    backend,
    tell: so => {
      if (so.kills % 10 === 0) console.log(`${so.kills} kills, ${so.runs} runs compared`)
    },
  })
  console.log(
    `${report.kills} of ${kills} kills (${report.whileSaving} while saving the run, ${report.beforeAnything} before anything was kept): every training went on; ${report.runs} runs ended with the losses of an undisturbed one, bit for bit.`,
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}
