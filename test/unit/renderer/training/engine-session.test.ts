import { afterEach, describe, expect, test, vi } from 'vitest'
import { watch } from 'vue'
import { createEngine, type Engine } from '../../../../src/renderer/engine.ts'
import type { Closed } from '../../../../src/renderer/host.ts'
import { defaults } from '../../../../src/shared/hyperparameters.ts'
import { FakeEngine } from '../../../fakes/fake-engine.ts'
import { fakeRun } from '../../../fakes/fake-run-library.ts'

const choice = { kind: 'digits' as const, trainCount: 200, testCount: 100 }
const setup = { hyperparameters: { ...defaults, iterations: 1000 }, data: choice }

let over = new AbortController()
afterEach(() => {
  over.abort()
  over = new AbortController()
})

/** A window over a fake engine; `away` keeps it from connecting. */
function open(by: Closed['by'] = 'connection', away = false, paceMs = 0) {
  const fake = new FakeEngine()
  const host = { away, closed: { by, words: '' } }
  const waited: number[] = []
  const engine = createEngine(
    {
      connect: async () => {
        if (host.away) throw new Error('away')
        return { port: fake.connect(), whyClosed: () => host.closed }
      },
    },
    {
      choice: () => choice,
      signal: over.signal,
      paceMs,
      wait: async ms => {
        waited.push(ms)
        await new Promise(resolve => setTimeout(resolve, 1))
      },
    },
  )
  return { fake, engine, host, waited }
}

const ready = (engine: Engine) => vi.waitFor(() => expect(engine.connection.value).toBe('ready'))
const until = (check: () => void) => vi.waitFor(check, { timeout: 5000 })
const kept = ({ losses }: Engine) =>
  Array.from({ length: losses.value.count }, (_, i) => losses.value.at(i + 1))
const told = (fake: FakeEngine) => [...fake.training.losses.subarray(0, fake.training.state.iteration)]

async function train(fake: FakeEngine, engine: Engine, iterations: number) {
  await ready(engine)
  await engine.client.start(setup)
  fake.advance(iterations)
  await until(() => {
    expect(engine.losses.value.count).toBe(iterations)
    expect(engine.training.value.iteration).toBe(iterations)
  })
}

describe('a window that opens', () => {
  test('learns of the backend and opens the data that was chosen last', async () => {
    const { engine } = open()
    expect(engine.connection.value).toBe('connecting')
    await ready(engine)
    await until(() => expect(engine.data.value?.trainCount).toBe(200))
    await until(() => expect(engine.backend.value?.backend).toBe('native'))
    expect(engine.training.value.phase).toBe('idle')
    expect(engine.notice.value).toBeNull()
  })

  test('opens the digits, and says so, where the data set that was open last is gone', async () => {
    const fallback = vi.fn(() => choice)
    const engine = createEngine(
      {
        connect: async () => ({
          port: new FakeEngine().connect(),
          whyClosed: () => ({ by: 'engine', words: '' }),
        }),
      },
      { choice: () => ({ kind: 'imported', id: 'a'.repeat(64) }), fallback, signal: over.signal },
    )
    await until(() => expect(engine.data.value?.name).toBe('digits'))
    expect(fallback).toHaveBeenCalledOnce()
    expect(engine.notice.value?.text).toMatch(
      /cannot be opened; the digits are open.*not in the library any more/,
    )
  })

  test('trains with the digits that it opened before, though another data set was looked at meanwhile', async () => {
    const { fake, engine } = open()
    await until(() => expect(engine.data.value?.trainCount).toBe(200))
    engine.data.value = { ...(await engine.client.openData({ ...choice, trainCount: 300 })), name: 'others' }
    await train(fake, engine, 3)
    await until(() => expect(engine.data.value).toMatchObject({ name: 'digits', trainCount: 200 }))
  })

  test('shows the images of a run that no library has as long as it is the one that is open', async () => {
    const { fake, engine } = open()
    await until(() => expect(engine.data.value?.trainCount).toBe(200))
    const asked = fake.calls.filter(call => call === 'openData').length
    const run = fakeRun(1)
    fake.library.runs = [run]
    if (run.about !== null) run.about.data.choice = null
    await engine.client.openRun({ name: run.name })
    await until(() => expect(engine.data.value?.trainCount).toBe(5000))
    expect(engine.training.value.data).toBeNull()
    expect(fake.calls.filter(call => call === 'openData')).toHaveLength(asked + 1)
  })

  test('learns of the backend that a training chooses, and why it has to be another one later', async () => {
    const { fake, engine } = open()
    await train(fake, engine, 10)
    fake.training.goOnWith('webgpu', null)
    await until(() => expect(engine.backend.value?.backend).toBe('webgpu'))
    expect(engine.notice.value).toBeNull()
    fake.training.goOnWith('wasm', 'The graphics card was lost.')
    await until(() => expect(engine.backend.value?.backend).toBe('wasm'))
    expect(engine.notice.value).toEqual({ tone: 'information', text: 'The graphics card was lost.' })
  })

  test('in mid training has all losses from the first on, and the data that is trained with', async () => {
    const { fake, engine } = open()
    fake.training.start(setup.hyperparameters, { kind: 'digits' as const, trainCount: 300, testCount: 50 })
    fake.advance(123)
    await until(() => expect(kept(engine)).toEqual(told(fake)))
    await until(() => expect(engine.data.value?.testCount).toBe(50))
    expect(engine.training.value.phase).toBe('running')
  })

  test('asks again after growing waits while nobody answers', async () => {
    const { fake, engine, host, waited } = open('connection', true)
    await until(() => expect(waited.length).toBeGreaterThan(8))
    expect(waited.slice(0, 8)).toEqual([100, 250, 500, 1000, 2000, 5000, 5000, 5000])
    expect(engine.connection.value).toBe('connecting')
    host.away = false
    await ready(engine)
    waited.length = 0
    fake.cut()
    await until(() => expect(waited).toEqual([100]))
  })
})

describe('a window that loses its connection', () => {
  test('goes on at the next loss: nothing comes twice, nothing is missed', async () => {
    const { fake, engine, host } = open()
    await train(fake, engine, 100)
    for (const iterations of [50, 1, 300]) {
      const before = fake.training.state.iteration
      fake.calls.length = 0
      host.away = true
      fake.cut()
      await until(() => expect(engine.connection.value).toBe('lost'))
      fake.advance(iterations)
      host.away = false
      await ready(engine)
      await until(() => expect(engine.losses.value.count).toBe(before + iterations))
      expect(fake.calls).toContain(`losses from ${before + 1}`)
    }
    fake.advance(20)
    await until(() => expect(kept(engine)).toEqual(told(fake)))
    expect(engine.notice.value).toBeNull()
  })

  test('takes over the losses of a training that began meanwhile', async () => {
    const { fake, engine, host } = open()
    await train(fake, engine, 100)
    host.away = true
    fake.cut()
    await until(() => expect(engine.connection.value).toBe('lost'))
    fake.training.stop()
    fake.training.start({ ...setup.hyperparameters, seed: 7 }, choice)
    fake.advance(30)
    host.away = false
    await until(() => expect(engine.losses.value.training).toBe(2))
    await until(() => expect(kept(engine)).toEqual(told(fake)))
  })

  test('answers questions with an error at once, and those after it is back as ever', async () => {
    const { fake, engine, host } = open()
    await ready(engine)
    host.away = true
    fake.cut()
    await until(() => expect(engine.connection.value).toBe('lost'))
    await expect(engine.client.backend()).rejects.toMatchObject({ kind: 'engine-crashed' })
    host.away = false
    await ready(engine)
    expect((await engine.client.backend()).backend).toBe('native')
  })
})

describe('a window whose engine crashes', () => {
  test('says so and what was lost, forgets the old training, and shows the next from its first loss', async () => {
    const { fake, engine } = open('engine')
    await train(fake, engine, 100)
    fake.crash()
    await until(() => expect(engine.notice.value?.text).toContain('started again'))
    expect(engine.notice.value?.text).toMatch(
      /^The engine stopped unexpectedly and was started again\. .* interrupted at iteration 100\./,
    )
    expect(engine.training.value.phase).toBe('idle')
    expect([engine.losses.value.count, engine.points.value]).toEqual([0, null])
    await train(fake, engine, 40)
    expect(kept(engine)).toEqual(told(fake))
  })

  test('notices so even if it looks like a lost connection, by a training that is gone', async () => {
    const { fake, engine } = open('connection')
    await train(fake, engine, 100)
    fake.crash()
    await until(() => expect(engine.notice.value?.text).toContain('was interrupted'))
  })

  test('reads all losses of a new training that has the old one’s number and is further already', async () => {
    const { fake, engine, host } = open('engine')
    await train(fake, engine, 100)
    host.away = true
    fake.crash()
    await until(() => expect(engine.connection.value).toBe('lost'))
    fake.training.start({ ...setup.hyperparameters, seed: 99 }, choice)
    fake.advance(150)
    host.away = false
    await until(() => expect(kept(engine)).toEqual(told(fake)))
    expect(engine.losses.value.count).toBe(150)
  })

  test('mentions no training when there was none', async () => {
    const { fake, engine } = open('engine')
    await ready(engine)
    fake.crash()
    await until(() => expect(engine.notice.value).not.toBeNull())
    expect(engine.notice.value?.text).toBe(
      'The engine stopped unexpectedly and was started again. What was saved is safe.',
    )
  })
})

test('a host that has words of its own on a crash is quoted', async () => {
  const { fake, engine, host } = open('engine')
  host.closed.words = 'The engine kept stopping, so it was started again with a slower backend: wasm.'
  await ready(engine)
  fake.crash()
  await until(() => expect(engine.notice.value?.text).toBe(`${host.closed.words} What was saved is safe.`))
})

describe('the losses', () => {
  test('of a training are gone when an encoder from elsewhere takes its place, and come with the next', async () => {
    const { fake, engine } = open()
    await train(fake, engine, 10)
    fake.training.stop()
    const encoder = { name: 'theirs.onnx', format: 'ONNX', madeBy: '', run: '', embeddingSize: 2 } as const
    fake.training.openEncoder(encoder, choice)
    await until(() => expect(engine.training.value.encoder?.name).toBe('theirs.onnx'))
    expect(kept(engine)).toEqual([])
    await train(fake, engine, 5)
    expect(kept(engine)).toEqual(told(fake))
  })
})

describe('the points', () => {
  test('are always those of the images in the data, also when a training takes others', async () => {
    const { fake, engine } = open()
    await train(fake, engine, 10)
    fake.training.stop()
    const wrong: unknown[] = []
    watch([engine.points, engine.data], ([points, data]) => {
      if (points !== null && points.values.length !== (data?.testCount ?? 0) * points.size) wrong.push(points)
    })
    await engine.client.start({ ...setup, data: { kind: 'digits' as const, trainCount: 200, testCount: 30 } })
    fake.advance(10)
    await until(() => expect(engine.points.value?.values).toHaveLength(60))
    expect(engine.data.value?.testCount).toBe(30)
    expect(wrong).toEqual([])
  })
})

describe('a window that takes its time', () => {
  test('shows what moves later, and that a training paused or ended at once, with every loss', async () => {
    const { fake, engine } = open('connection', false, 1_000_000)
    await ready(engine)
    await engine.client.start(setup)
    await until(() => expect(engine.training.value.phase).toBe('running'))
    let drawn = 0
    watch(engine.losses, () => drawn++, { flush: 'sync' })
    fake.advance(30)
    await until(() => expect(engine.losses.value.count).toBe(30))
    expect(drawn).toBe(0)
    expect(engine.training.value.iteration).toBe(0)
    await engine.client.pause()
    await until(() => expect(engine.training.value).toMatchObject({ phase: 'paused', iteration: 30 }))
    expect(drawn).toBeGreaterThan(0)
    expect(kept(engine)).toEqual(told(fake))
  })
})
