// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import type { App } from 'vue'
import DataPanel from '../../../../src/renderer/datasets/DataPanel.vue'
import { createEngine, provideEngine } from '../../../../src/renderer/engine.ts'
import { useHyperparameterForm } from '../../../../src/renderer/training/hyperparameter-form.ts'
import { FakeEngine } from '../../../fakes/fake-engine.ts'
import { fakeHost } from '../../../fakes/fake-host.ts'
import { newSettings } from '../search/engines.ts'

const over = new AbortController()
afterEach(() => over.abort())

test('nine training images and ten captioned pairs are there without a press, and nine others at one', async () => {
  const fake = new FakeEngine()
  const engine = createEngine(fakeHost(fake), {
    choice: () => ({ kind: 'digits' as const, trainCount: 5000, testCount: 100 }),
    signal: over.signal,
  })
  const plugin = { install: (app: App) => provideEngine(app, engine) }
  const wrapper = mount(DataPanel, {
    props: { form: useHyperparameterForm(newSettings()) },
    global: { plugins: [plugin] },
  })
  const labels = () => wrapper.findAll('.images canvas').map(canvas => canvas.attributes('aria-label') ?? '')
  await vi.waitFor(() => expect(labels()).toHaveLength(9))
  expect(labels().every(label => /^Training image of class \d$/.test(label))).toBe(true)

  await vi.waitFor(() => expect(wrapper.findAll('.pairs figure')).toHaveLength(10))
  for (const pair of wrapper.findAll('.pairs figure')) {
    const [first, second] = pair.findAll('canvas').map(canvas => canvas.attributes('aria-label'))
    expect(pair.get('figcaption').text()).toBe(first === second ? 'similar' : 'dissimilar')
  }

  const asked = fake.calls.filter(call => call === 'sampleImages').length
  await wrapper
    .findAll('button')
    .find(button => button.text() === 'Show nine others')
    ?.trigger('click')
  await vi.waitFor(() => expect(fake.calls.filter(call => call === 'sampleImages')).toHaveLength(asked + 1))
  expect(wrapper.text()).toContain('5,000')
})
