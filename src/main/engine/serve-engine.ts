import { contract, type TwinlensContract } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc/contract-types.ts'
import type { Port } from '../../shared/rpc/port.ts'
import { serve } from '../../shared/rpc/server.ts'
import { openService } from './service.ts'

/**
 * Opens the engine of this process.
 * @returns serves it to one window; what goes wrong is printed, for the host to keep
 */
export async function openEngine(): Promise<(port: Port) => void> {
  const handlers = await openService().catch(unable)
  return port =>
    serve(contract, handlers, port, {
      onInternalError: (error, method) => console.error(`${method} failed:`, error),
      onRefused: reason => console.error(`Refused ${reason}.`),
    })
}

/** An engine that cannot compute still answers, so that the window can say why. */
function unable(error: unknown): Handlers<TwinlensContract> {
  console.error('The service could not be opened:', error)
  const refuse = () => {
    throw error
  }
  return Object.fromEntries(
    Object.keys(contract).map(name => [name, refuse]),
  ) as unknown as Handlers<TwinlensContract>
}
