/**
 * Trains a small network through the engine's service, as a window would, and prints what the window saw as JSON.
 * Arguments: the iteration after which the graphics card is taken away, or 0 for never.
 */
import * as tf from '@tensorflow/tfjs-core'
import { openService } from '../../src/main/engine/service.ts'
import { contract, type Training } from '../../src/shared/contract.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import { portPair } from '../../src/shared/rpc/port.ts'
import { serve } from '../../src/shared/rpc/server.ts'

const lostAfter = Number(process.argv[2])
const iterations = 60
const [ours, theirs] = portPair()
serve(contract, await openService(), theirs)
const client = createClient(contract, ours)

function loseGpu(): void {
  const { device } = tf.backend() as unknown as { readonly device: { destroy(): void } }
  device.destroy()
}

const before = await client.backend()
const small = { ...defaults, hiddenSizes: [16], batchSize: 20, margin: 1, learningRate: 1e-3, iterations }
await client.start({ hyperparameters: small, data: { trainCount: 300, testCount: 120 } })

const told: { firstIteration: number; losses: number[] }[] = []
let lost = false
for await (const { firstIteration, losses } of client.losses({ fromIteration: 1 })) {
  told.push({ firstIteration, losses: [...losses] })
  const done = firstIteration - 1 + losses.length
  if (lostAfter > 0 && !lost && done >= lostAfter) {
    lost = true
    loseGpu()
  }
  if (done === iterations) break
}
let end: Training | undefined
for await (const state of client.training()) {
  end = state
  if (state.phase === 'done' || state.phase === 'failed') break
}
const found = await client.search({ query: { kind: 'test', index: 0 }, count: 9 })
const neighbours = [...found.neighbours.indices]
const backends = [before, await client.backend()]
process.stdout.write(JSON.stringify({ told, end, backends, neighbours }))
process.exit()
