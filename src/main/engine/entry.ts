/**
 * The engine's process: a port to the host that started it, and `serve` for every window that comes through it. What
 * it prints is the host's to keep.
 */
import { contract, type TwinlensContract } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc/contract-types.ts'
import { acceptPorts } from '../../shared/rpc/multiplex.ts'
import { serve } from '../../shared/rpc/server.ts'
import { parentPort } from './process-port.ts'
import { openService } from './service.ts'

// No host, no engine: its end, a kill -9 too, closes the channel.
process.on('disconnect', () => process.exit())
// Ctrl-C reaches every process of the terminal. When the engine ends is for its host to say.
process.on('SIGINT', () => undefined)

// Messages that come before the port is made wait in the channel.
const handlers = await openService().catch(unable)
acceptPorts(parentPort(), port =>
  serve(contract, handlers, port, {
    onInternalError: (error, method) => console.error(`${method} failed:`, error),
    onRefused: reason => console.error(`Refused ${reason}.`),
  }),
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
