import { type App, nextTick } from 'vue'
import type { Engine } from '../../../../src/renderer/engine.ts'
import { provideEngine } from '../../../../src/renderer/engine.ts'
import { newEngineState } from '../../../../src/renderer/engine-state.ts'
import { type Host, provideHost } from '../../../../src/renderer/host.ts'
import { browserSettings, provideSettings, type Settings } from '../../../../src/renderer/ui/settings.ts'
import { contract, type Points } from '../../../../src/shared/contract.ts'
import { defaults } from '../../../../src/shared/hyperparameters.ts'
import { createClient } from '../../../../src/shared/rpc/client.ts'
import { FakeEngine } from '../../../fakes/fake-engine.ts'
import { fakeHost } from '../../../fakes/fake-host.ts'

export const testCount = 200

/** A window's engine over a fake one that has trained for a while, with its data and points as the window knows them. */
export async function trainedEngine(embeddingSize = 2) {
  const fake = new FakeEngine()
  const client = createClient(contract, fake.connect())
  const engine: Engine = { ...newEngineState(), client }
  const choice = { kind: 'digits' as const, trainCount: 200, testCount }
  engine.data.value = await client.openData(choice)
  await client.start({ hyperparameters: { ...defaults, embeddingSize, iterations: 1000 }, data: choice })
  const advance = (iterations: number) => {
    fake.advance(iterations)
    engine.points.value = fake.training.points(testCount) as Points
    engine.training.value = fake.training.state
  }
  advance(100)
  return { fake, engine, advance }
}

/** Before any training. */
export async function untrainedEngine() {
  const fake = new FakeEngine()
  const engine: Engine = { ...newEngineState(), client: createClient(contract, fake.connect()) }
  engine.data.value = await engine.client.openData({ kind: 'digits' as const, trainCount: 200, testCount })
  return { fake, engine }
}

/** Settings that nothing else knows of. */
export function newSettings(): Settings {
  const kept = new Map<string, string>()
  return browserSettings(() => ({
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  }))
}

export const withEngine = (
  engine: Engine,
  host: Host = fakeHost(new FakeEngine()),
  settings: Settings = newSettings(),
) => ({
  plugins: [
    {
      install: (app: App) => {
        provideEngine(app, engine)
        provideHost(app, host)
        provideSettings(app, settings)
      },
    },
  ],
})

/** Until what is on its way through the fake engine has arrived and been rendered. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise(resolve => setTimeout(resolve, 0))
  await nextTick()
}

export const picture = (name: string, length: number) =>
  ({ kind: 'picture', name, file: new Uint8Array(length) }) as const
