/**
 * The engine's process under Electron: a port for every window, and `serve` for each. What it prints is the host's to
 * keep. It ends with the host: Electron sees to that.
 */
import { contract, type TwinlensContract } from '../../../../shared/contract.ts'
import type { Handlers } from '../../../../shared/rpc/contract-types.ts'
import { serve } from '../../../../shared/rpc/server.ts'
import { openService } from '../../../engine/service.ts'
import { acceptFromParent } from './accept.ts'

// Electron only warns of these in a utility process: without this the engine would go on in a state that nobody knows.
process.on('unhandledRejection', error => {
  console.error('Nobody handled:', error)
  process.exit(1)
})
// When the engine ends is for its host to say.
process.on('SIGINT', () => undefined)

const handlers = await openService().catch(unable)
acceptFromParent(
  process.parentPort,
  port =>
    serve(contract, handlers, port, {
      onInternalError: (error, method) => console.error(`${method} failed:`, error),
      onRefused: reason => console.error(`Refused ${reason}.`),
    }),
  () => process.exit(),
)

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
