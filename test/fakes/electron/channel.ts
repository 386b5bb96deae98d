import type { MessageChannelMain, MessagePortMain } from 'electron'
import { ChannelEnd, join } from './channel-end.ts'

/**
 * An end as Electron has it: messages are cloned. Only such ends may be in a transfer list; Electron would lose a message
 * with an ArrayBuffer in it (electron#34905), this throws.
 */
export class FakePortMain extends ChannelEnd {
  override postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    const ports = transfer.map(end => {
      if (end instanceof FakePortMain) return end
      throw new TypeError('Only ports can be transferred.')
    })
    super.postMessage(structuredClone(message), ports)
  }
}

export function fakeChannel(): MessageChannelMain {
  const [one, other] = [new FakePortMain(), new FakePortMain()]
  join(one, other)
  return { port1: one as MessagePortMain, port2: other as MessagePortMain }
}
