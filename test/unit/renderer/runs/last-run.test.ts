import { describe, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { createEngine } from '../../../../src/renderer/engine.ts'
import { useLastRun } from '../../../../src/renderer/runs/last-run.ts'
import { FakeEngine } from '../../../fakes/fake-engine.ts'
import { fakeRun } from '../../../fakes/fake-run-library.ts'

function start(remembered: unknown, fake = new FakeEngine()) {
  const kept = new Map<string, unknown>([['lastRun', remembered]])
  const settings = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: unknown) => void kept.set(key, value),
  }
  const gone = new AbortController()
  fake.library.runs = [fakeRun(1), fakeRun(2)]
  const connect = async () => ({
    port: fake.connect(),
    whyClosed: () => ({ by: 'connection', words: '' }) as const,
  })
  const choice = () => ({ kind: 'digits' as const, trainCount: 500, testCount: 200 })
  const engine = createEngine({ connect }, { choice, signal: gone.signal })
  return { fake, engine, kept, ...useLastRun(engine, settings) }
}

describe('the run that was open last', () => {
  test('is opened again, and remembered', async () => {
    const { engine, kept } = start(fakeRun(1).folder)
    await vi.waitFor(() =>
      expect(engine.training.value).toMatchObject({ opened: true, folder: fakeRun(1).folder }),
    )
    expect(engine.notice.value).toBeNull()
    expect(kept.get('lastRun')).toBe(fakeRun(1).folder)
  })

  test('is told of and forgotten where it is gone', async () => {
    const { engine, kept } = start('/gone')
    await vi.waitFor(() =>
      expect(engine.notice.value?.text).toMatch(/was open last is not opened again.*"\/gone"/),
    )
    expect(engine.notice.value?.tone).toBe('information')
    expect(kept.get('lastRun')).toBeNull()
    expect(engine.training.value.training).toBe(0)
  })

  test('is none of a window that never had one', async () => {
    const { engine, fake } = start(undefined)
    await vi.waitFor(() => expect(engine.connection.value).toBe('ready'))
    await nextTick()
    expect(fake.calls).not.toContain('openRun')
  })

  test('gives way to the one that a person asks for', async () => {
    const { engine, openFolder, kept } = start(fakeRun(1).folder)
    await openFolder(fakeRun(2).folder)
    await vi.waitFor(() => expect(engine.training.value.folder).toBe(fakeRun(2).folder))
    await vi.waitFor(() => expect(kept.get('lastRun')).toBe(fakeRun(2).folder))
    await openFolder('/gone')
    expect(engine.notice.value).toMatchObject({ tone: 'error' })
    expect(engine.training.value.folder).toBe(fakeRun(2).folder)
  })
})
