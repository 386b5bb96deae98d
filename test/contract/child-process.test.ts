import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { childPort } from '../../src/main/engine/process-port.ts'
import { openPorts } from '../../src/shared/rpc/multiplex.ts'
import type { Port } from '../../src/shared/rpc/port.ts'
import { contractSuite } from './suite.ts'

const entry = fileURLToPath(new URL('../fixtures/contract/child.ts', import.meta.url))

let running: { child: ChildProcess; open: () => Port } | undefined

/** The child that serves one test after the other, or another one after a test has killed it. */
function child(): { child: ChildProcess; open: () => Port } {
  if (running === undefined || running.child.killed) {
    const started = fork(entry, { serialization: 'advanced', execArgv: [] })
    running = { child: started, open: openPorts(childPort(started)) }
  }
  return running
}

afterAll(() => {
  running?.child.kill('SIGKILL')
})

contractSuite('child_process.fork, many ports over its one channel', async () => {
  const { child: process, open: openServer } = child()
  const server = openServer()
  const open = openPorts(server)
  return {
    open: async () => open(),
    kill: () => {
      process.kill('SIGKILL')
    },
    close: () => server.close(),
  }
})
