import { fork } from 'node:child_process'
import { openPorts } from '../../../shared/rpc/multiplex.ts'
import { makePort } from '../../../shared/rpc/port.ts'
import { childPort } from '../../engine/process-port.ts'
import type { Ending, StartEngine } from './engine-child.ts'

/**
 * Engines as children of this process, by child_process.fork.
 * @param entry path of the module that the child runs
 * @param log gets what the child prints
 */
export function forkedEngine(entry: string, log: (text: string) => void): StartEngine {
  return (environment, onEnd) => {
    const child = fork(entry, {
      serialization: 'advanced',
      // The host's own flags (a debugger's port, say) are not the engine's.
      execArgv: [],
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child.stdout?.setEncoding('utf8').on('data', log)
    child.stderr?.setEncoding('utf8').on('data', log)

    const channel = childPort(child)
    const { port, deliver, closed } = makePort({ send: channel.post, close: channel.close })
    channel.onMessage(deliver)
    const end = (ending: Ending) => {
      onEnd(ending)
      closed()
    }
    // Not `close`: Node leaves it out after a `disconnect` from here. The channel ends after its last message.
    const exited = new Promise<Ending>(resolve => {
      child.once('exit', (code, signal) => resolve({ code, signal }))
    })
    const silent = new Promise<void>(resolve => channel.onClose(resolve))
    void Promise.all([exited, silent]).then(([ending]) => end(ending))
    child.on('error', error => {
      log(`${error.message}\n`)
      if (child.pid === undefined) end({ code: null, signal: null }) // no `exit` follows
    })
    return {
      pid: child.pid,
      open: openPorts(port),
      stop: channel.close,
      kill: () => {
        child.kill('SIGKILL')
      },
    }
  }
}
