/** Lets SwiftShader pass for a graphics card beside the best backend, trains, and prints what was chosen as JSON. */
import { loadDigits } from '../../src/main/engine/data/digits.ts'
import { openBackend } from '../../src/main/engine/tensorflow/backends.ts'
import { findGpu } from '../../src/main/engine/tensorflow/gpu-adapter.ts'
import { offerGpu } from '../../src/main/engine/tensorflow/gpu-offer.ts'
import { runJob } from '../../src/main/engine/training-job.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'

const [folder = ''] = process.argv.slice(2)
const backend = await openBackend('')
await offerGpu(async () => ({ ...(await findGpu(true)), software: false }))
const data = await loadDigits(300, 120)
const hyperparameters = { ...defaults, hiddenSizes: [16], batchSize: 20, iterations: 20 }
const chosen = []
for await (const event of runJob(
  { data, hyperparameters, backend, name: 'chosen', folder },
  new AbortController().signal,
)) {
  if (event.kind === 'backend') chosen.push(event.report)
  if (event.kind === 'done') chosen.push(event.run.config.backend)
}
process.stdout.write(JSON.stringify({ opened: backend, chosen }))
process.exit()
