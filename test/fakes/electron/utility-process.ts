import { EventEmitter } from 'node:events'
import type { MessagePortMain, ParentPort, UtilityProcess } from 'electron'
import { acceptFromParent } from '../../../src/main/host/electron/engine/accept.ts'
import { contract, type TwinlensContract } from '../../../src/shared/contract.ts'
import type { Handlers } from '../../../src/shared/rpc/contract-types.ts'
import type { Port } from '../../../src/shared/rpc/port.ts'
import { serve } from '../../../src/shared/rpc/server.ts'
import { type Emits, fake } from './fake.ts'

export interface FakeChild {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly messages: unknown[]
  readonly process: UtilityProcess & Emits
  /** Ends as a crash would, with its ports. */
  crash(code?: number): void
}

/** Engines in this process, behind the real acceptance of a utility process. The fake engine answers for them. */
export function fakeUtilityProcess(
  service: (environment: FakeChild['environment']) => Handlers<TwinlensContract>,
) {
  const children: FakeChild[] = []
  const fork = (
    _entry: string,
    _arguments?: string[],
    options: Electron.ForkOptions = {},
  ): UtilityProcess => {
    const environment = { ...options.env }
    const parent = new EventEmitter()
    const messages: unknown[] = []
    const ports: Port[] = []
    let alive = true
    const crash = (code = 11) => {
      if (!alive) return
      alive = false
      for (const port of ports) port.close()
      process.emit('exit', code)
    }
    const process = fake<UtilityProcess>({
      pid: 1000 + children.length,
      stdout: null,
      stderr: null,
      postMessage: (data: unknown, transfer: MessagePortMain[] = []) => {
        messages.push(data)
        if (alive) setImmediate(() => parent.emit('message', { data, ports: transfer }))
      },
      kill: () => {
        crash(15)
        return true
      },
    })
    const handlers = service(environment)
    acceptFromParent(
      parent as ParentPort,
      port => {
        ports.push(port)
        serve(contract, handlers, port)
      },
      () => crash(0),
    )
    children.push({ environment, messages, process, crash })
    return process
  }
  return { fork, children }
}
