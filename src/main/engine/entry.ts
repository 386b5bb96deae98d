/** The engine's process: a port to the host that started it, and the engine for every window that comes through it. */
import { acceptPorts } from '../../shared/rpc/multiplex.ts'
import { parentPort } from './process-port.ts'
import { openEngine } from './serve-engine.ts'

// No host, no engine: its end, a kill -9 too, closes the channel.
process.on('disconnect', () => process.exit())
// Ctrl-C reaches every process of the terminal. When the engine ends is for its host to say.
process.on('SIGINT', () => undefined)

// Messages that come before the port is made wait in the channel.
const serveTo = await openEngine()
acceptPorts(parentPort(), serveTo)
