/** Embeds digits, on the backend of TWINLENS_BACKEND: as the product does, or the forward products only. */
import { openDataSet } from '../../src/main/engine/data/open-data-set.ts'
import { embed } from '../../src/main/engine/embedding/embed.ts'
import { openBackend } from '../../src/main/engine/tensorflow/backends.ts'
import { toNetwork } from '../../src/main/engine/twin/network/network.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { mlp } from '../../test/support/networks.ts'
import { forwardProducts } from './products.ts'
import { numberOf, type Request, serve, textOf, timed } from './protocol.ts'

const inputSize = 784
const { hiddenSizes, embeddingSize, seed } = defaults
await openBackend()
let work: () => Promise<void> = async () => undefined

await serve({
  embed_prepare: async request => {
    work = await prepare(request)
    return {}
  },
  embed: async request => ({ ms: await timed(numberOf(request, 'turnMs'), work) }),
})

async function prepare(request: Request): Promise<() => Promise<void>> {
  const count = numberOf(request, 'count')
  if (textOf(request, 'kind') === 'products') {
    const rows = numberOf(request, 'rows')
    return forwardProducts({ rows, sizes: [inputSize, ...hiddenSizes, embeddingSize] }, count / rows)
  }
  const { train } = await openDataSet({ kind: 'digits', trainCount: count })
  const layers = toNetwork(mlp({ inputSize, hiddenSizes, embeddingSize }, seed))
  return async () => {
    await embed(layers, train)
  }
}
