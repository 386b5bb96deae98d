import type { Closed, Host } from '../../src/renderer/host.ts'
import type { FakeEngine } from './fake-engine.ts'

/** A host whose engine runs in the window itself. */
export function fakeHost(engine: FakeEngine, by: Closed['by'] = 'engine'): Host {
  return {
    connect: async () => ({ port: engine.connect(), whyClosed: () => ({ by, words: '' }) }),
    save: async () => undefined,
    disk: null,
    trashBin: null,
    follow: () => undefined,
  }
}
