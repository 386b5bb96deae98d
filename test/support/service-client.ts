import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openService } from '../../src/main/engine/service.ts'
import { contract, type Training, type TwinlensContract } from '../../src/shared/contract.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import type { Client } from '../../src/shared/rpc/contract-types.ts'
import { portPair } from '../../src/shared/rpc/port.ts'
import { serve } from '../../src/shared/rpc/server.ts'

/** A real engine in this process, on WebAssembly, with a data folder of its own. */
export interface ServiceClient {
  readonly client: Client<TwinlensContract>
  readonly folder: string
  /** The first state of the training for which this holds. */
  when(holds: (state: Training) => boolean): Promise<Training>
  close(): Promise<void>
}

export async function openServiceClient(): Promise<ServiceClient> {
  const folder = await mkdtemp(join(tmpdir(), 'twinlens-service-'))
  process.env['TWINLENS_DATA'] = folder
  process.env['TWINLENS_BACKEND'] = 'wasm'
  const [ours, theirs] = portPair()
  serve(contract, await openService(), theirs)
  const client = createClient(contract, ours)
  return {
    client,
    folder,
    async when(holds) {
      for await (const state of client.training()) if (holds(state)) return state
      throw new Error('The stream ended.')
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A training of a moment. */
export const smallData = { trainCount: 300, testCount: 120 }
