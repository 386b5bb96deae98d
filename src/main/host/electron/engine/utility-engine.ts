import type { MessageChannelMain, utilityProcess } from 'electron'
import type { StartEngine } from '../../engine-process/engine-child.ts'
import { MainPort } from '../link/main-port.ts'

export interface UtilityEngineOptions {
  readonly fork: (typeof utilityProcess)['fork']
  readonly newChannel: () => MessageChannelMain
  /** Path of the module that the engine's process runs. */
  readonly entry: string
  /** Folder of the bundled digits. */
  readonly digits: string
  /** Gets what it prints. */
  readonly log: (text: string) => void
  /** Ends a process at once, by its id. */
  readonly kill?: (pid: number) => void
}

/**
 * Engines as utility processes. Every port is a channel of its own whose far end the engine gets, so that one that is
 * handed over to a window (MainPort) joins the two without this process in between.
 */
export function utilityEngine(options: UtilityEngineOptions): StartEngine {
  const { fork, newChannel, entry, digits, log, kill = killAtOnce } = options
  return (environment, onEnd) => {
    const child = fork(entry, [], {
      serviceName: 'Twinlens engine',
      // This process's own flags (a debugger's port, say) are not the engine's.
      execArgv: [],
      env: { ...process.env, TWINLENS_DIGITS: digits, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout?.on('data', (text: Buffer) => log(text.toString('utf8')))
    child.stderr?.on('data', (text: Buffer) => log(text.toString('utf8')))
    child.on('error', (type, location) => log(`The engine's V8 gave up: ${type} at ${location}.`))
    child.once('spawn', () => log(`The engine's process has the id ${child.pid}.`))

    const ports = new Set<MainPort>()
    let ended = false
    child.once('exit', code => {
      ended = true
      onEnd({ code, signal: null })
      for (const port of ports) port.closed()
    })
    return {
      get pid() {
        return child.pid
      },
      open: () => {
        const { port1, port2 } = newChannel()
        const port = new MainPort(port1)
        ports.add(port)
        port.onClose(() => ports.delete(port))
        if (ended) port.closed()
        else child.postMessage('port', [port2])
        return port
      },
      stop: () => child.postMessage('end'),
      kill: () => {
        if (child.pid === undefined) child.kill()
        else kill(child.pid)
      },
    }
  }
}

/** Not `child.kill()`, which asks by SIGTERM: an engine deep in a computation would not hear it. */
function killAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH'
    if (!gone) throw error
  }
}
