// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { createApp } from 'vue'
import { createEngine, provideEngine } from '../../../../src/renderer/engine.ts'
import InterruptedBanner from '../../../../src/renderer/training/InterruptedBanner.vue'
import { fakeInterrupted } from '../../../fakes/fake-checkpoints.ts'
import { FakeEngine } from '../../../fakes/fake-engine.ts'
import { fakeHost } from '../../../fakes/fake-host.ts'

let over = new AbortController()
afterEach(() => {
  over.abort()
  over = new AbortController()
  document.body.replaceChildren()
})

async function mountBanner(fake = new FakeEngine()) {
  const engine = createEngine(fakeHost(fake), {
    choice: () => ({ kind: 'digits', trainCount: 20, testCount: 10 }),
    signal: over.signal,
    wait: () => new Promise(resolve => setTimeout(resolve, 1)),
  })
  await vi.waitFor(() => expect(engine.connection.value).toBe('ready'))
  const plugin = { install: (app: ReturnType<typeof createApp>) => provideEngine(app, engine) }
  const wrapper = mount(InterruptedBanner, { global: { plugins: [plugin] }, attachTo: document.body })
  await flushPromises()
  const press = async (words: string) => {
    const found = wrapper.findAll('button').find(one => one.text() === words)
    if (found === undefined) throw new Error(`There is no button "${words}": ${wrapper.text()}`)
    await found.trigger('click')
    await flushPromises()
    return found
  }
  return { fake, engine, wrapper, press }
}

describe('an interrupted training', () => {
  test('is not spoken of where there is none', async () => {
    const { wrapper } = await mountBanner()
    expect(wrapper.findAll('button')).toEqual([])
    expect(wrapper.text()).toBe('')
  })

  test('is offered, and goes on with the losses that it had', async () => {
    const fake = new FakeEngine()
    fake.checkpoints.list = [fakeInterrupted(2), fakeInterrupted(1, 0)]
    const { engine, wrapper, press } = await mountBanner(fake)
    await vi.waitFor(() =>
      expect(wrapper.text()).toContain('A training of digits was interrupted at iteration 1,200 of 3,000'),
    )
    expect(wrapper.text()).toContain('1 more after this one.')
    await press('Resume training')
    await vi.waitFor(() => expect(engine.losses.value.count).toBe(1200))
    expect(engine.training.value).toMatchObject({ phase: 'running', iteration: 1200 })
    expect(wrapper.text()).toBe('')
    // The next one waits for the end of this.
    fake.advance(1800)
    for (let i = 0; i < 3; i++) fake.advance(0)
    await vi.waitFor(() => expect(wrapper.text()).toContain('before anything of it was kept'))
    expect(wrapper.text()).toContain('Start it again')
  })

  test('is discarded only when it is asked twice, and a second press of the same button keeps it', async () => {
    const fake = new FakeEngine()
    fake.checkpoints.list = [fakeInterrupted(1)]
    const { wrapper, press } = await mountBanner(fake)
    await vi.waitFor(() => expect(wrapper.text()).toContain('1,200 of 3,000'))
    const button = await press('Discard')
    expect(wrapper.text()).toContain('Discard what was learned in 1,200 iterations? This cannot be undone.')
    await button.trigger('click')
    expect(wrapper.text()).toContain('was interrupted at iteration 1,200')
    expect(fake.checkpoints.list).toHaveLength(1)
    await press('Discard')
    await press('Discard for good')
    await vi.waitFor(() => expect(wrapper.text()).toBe(''))
    expect(fake.checkpoints.list).toEqual([])
  })

  test('that is put away is not spoken of again; one that a crash of the engine leaves is', async () => {
    const fake = new FakeEngine()
    fake.checkpoints.list = [fakeInterrupted(1)]
    const { wrapper, engine } = await mountBanner(fake)
    await vi.waitFor(() => expect(wrapper.text()).toContain('1,200 of 3,000'))
    await wrapper.get('button[aria-label="Ask again at the next start"]').trigger('click')
    expect(wrapper.text()).toBe('')
    fake.checkpoints.list = [fakeInterrupted(2, 700), fakeInterrupted(1)]
    fake.crash()
    await vi.waitFor(() => expect(wrapper.text()).toContain('700 of 3,000'))
    expect(wrapper.text()).not.toContain('more after')
    expect(engine.connection.value).toBe('ready')
  })

  test('that is gone meanwhile is told of, and not offered any more', async () => {
    const fake = new FakeEngine()
    fake.checkpoints.list = [fakeInterrupted(1)]
    const { wrapper, engine, press } = await mountBanner(fake)
    await vi.waitFor(() => expect(wrapper.text()).toContain('1,200'))
    fake.checkpoints.list = []
    await press('Resume training')
    await vi.waitFor(() => expect(engine.notice.value?.text).toMatch(/There is no interrupted training/))
    await vi.waitFor(() => expect(wrapper.text()).toBe(''))
  })
})
