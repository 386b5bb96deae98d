import { type Port, portPair } from '../../src/shared/rpc/port.ts'
import { testServer } from '../fixtures/contract/server.ts'
import { contractSuite } from './suite.ts'

contractSuite('in-process pair', async () => {
  const serve = testServer()
  const serverEnds: Port[] = []
  const close = () => {
    for (const port of serverEnds) port.close()
  }
  return {
    open: async () => {
      const [clientEnd, serverEnd] = portPair()
      serve(serverEnd)
      serverEnds.push(serverEnd)
      return clientEnd
    },
    kill: close,
    close,
  }
})
