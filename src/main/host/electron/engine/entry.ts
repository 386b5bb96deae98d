/**
 * The engine's process under Electron: a port for every window. It ends with the host: Electron sees to that.
 */
import { openEngine } from '../../../engine/serve-engine.ts'
import { acceptFromParent } from './accept.ts'

// Electron only warns of these in a utility process: without this the engine would go on in a state that nobody knows.
process.on('unhandledRejection', error => {
  console.error('Nobody handled:', error)
  process.exit(1)
})
// When the engine ends is for its host to say.
process.on('SIGINT', () => undefined)

const serveTo = await openEngine()
acceptFromParent(process.parentPort, serveTo, () => process.exit())
