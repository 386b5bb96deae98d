// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type createApp, h, nextTick } from 'vue'
import { createEngine, provideEngine } from '../../../../src/renderer/engine.ts'
import { controlsIn } from '../../../../src/renderer/training/controls.ts'
import { useHyperparameterForm } from '../../../../src/renderer/training/hyperparameter-form.ts'
import ResultStrip from '../../../../src/renderer/training/ResultStrip.vue'
import RunBar from '../../../../src/renderer/training/RunBar.vue'
import { useTrainingControls } from '../../../../src/renderer/training/training-controls.ts'
import { phases } from '../../../../src/shared/contract.ts'
import { TwinlensError } from '../../../../src/shared/errors.ts'
import { FakeEngine } from '../../../fakes/fake-engine.ts'
import { fakeHost } from '../../../fakes/fake-host.ts'

let over = new AbortController()
afterEach(() => {
  over.abort()
  over = new AbortController()
  document.body.replaceChildren()
})

async function mountBar() {
  const fake = new FakeEngine()
  const engine = createEngine(fakeHost(fake), {
    choice: () => ({ kind: 'digits' as const, trainCount: 20, testCount: 10 }),
    signal: over.signal,
    wait: () => new Promise(resolve => setTimeout(resolve, 1)),
  })
  await vi.waitFor(() => expect(engine.connection.value).toBe('ready'))
  const form = useHyperparameterForm({ get: () => undefined, set: () => undefined })
  Object.assign(form.texts, { iterations: '200', trainCount: '20', testCount: '10' })
  const actions = useTrainingControls(engine, form)
  const plugin = { install: (app: ReturnType<typeof createApp>) => provideEngine(app, engine) }
  const view = { render: () => h(TooltipProvider, () => [h(RunBar, { actions }), h(ResultStrip)]) }
  const wrapper = mount(view, { global: { plugins: [plugin] }, attachTo: document.body })
  const buttons = () => wrapper.findAll('.buttons button')
  /** The words on the buttons that can be pressed. */
  const possible = () =>
    buttons()
      .filter(button => button.attributes('aria-disabled') !== 'true')
      .map(button => button.text())
  const press = (text: string) =>
    buttons()
      .find(button => button.text() === text)
      ?.trigger('click')
  const becomes = async (...words: string[]) => {
    await vi.waitFor(() => expect(possible()).toEqual(words))
  }
  return { fake, engine, form, actions, wrapper, buttons, possible, press, becomes }
}

describe('the controls', () => {
  test('offer in every phase what the engine would take', () => {
    expect(Object.fromEntries(phases.map(phase => [phase, controlsIn(phase)]))).toEqual({
      idle: { primary: 'train', step: false, stop: false },
      running: { primary: 'pause', step: false, stop: true },
      paused: { primary: 'resume', step: true, stop: true },
      embedding: { primary: null, step: false, stop: false },
      measuring: { primary: null, step: false, stop: false },
      saving: { primary: null, step: false, stop: false },
      done: { primary: 'train', step: false, stop: false },
      failed: { primary: 'train', step: false, stop: false },
    })
  })

  test('lead through a whole training: train, pause, step, resume, stop, go on, and train again', async () => {
    const { fake, press, becomes, wrapper, buttons } = await mountBar()
    await becomes('Train')
    await press('Train')
    await becomes('Pause', 'Stop')
    fake.advance(50)
    await vi.waitFor(() => expect(wrapper.text()).toContain('50 of 200'))
    expect(wrapper.get('[role="progressbar"]').attributes('aria-valuenow')).toBe('25')
    await press('Pause')
    await becomes('Resume', 'Step', 'Stop')
    await press('Step')
    await vi.waitFor(() => expect(wrapper.text()).toContain('51 of 200'))
    await press('Resume')
    await becomes('Pause', 'Stop')
    await press('Stop')
    await vi.waitFor(() => expect(buttons()[0]?.text()).toBe('Finishing…'))
    await becomes()
    for (let phase = 0; phase < 3; phase++) fake.advance(1)
    await becomes('Train', 'Go on')
    await press('Go on')
    await becomes('Pause', 'Stop')
    expect(wrapper.text()).toContain('51 of 200')
    fake.advance(149)
    for (let phase = 0; phase < 3; phase++) fake.advance(1)
    await becomes('Train')
    const actions = ['start', 'pause', 'step', 'resume', 'stop', 'goOn']
    expect(fake.calls.filter(call => actions.includes(call))).toEqual(actions)
  })

  test('say how good the result is and where it is kept, once there is one', async () => {
    const { fake, press, becomes, wrapper } = await mountBar()
    expect(wrapper.find('.result').exists()).toBe(false)
    await press('Train')
    await becomes('Pause', 'Stop')
    for (let i = 0; i < 4; i++) fake.advance(200)
    await becomes('Train')
    const text = wrapper.get('.result').text()
    for (const word of ['79.7%', '72.4%', '0.926', '14.8%', '/home/someone/Twinlens/run-1'])
      expect(text).toContain(word)
  })

  test('keep the focus on the button while what it does changes, so that a keyboard does not lose its place', async () => {
    const { press, becomes, buttons } = await mountBar()
    const primary = buttons()[0]?.element as HTMLElement
    primary.focus()
    await press('Train')
    await becomes('Pause', 'Stop')
    expect(document.activeElement).toBe(primary)
    expect(primary.textContent?.trim()).toBe('Pause')
  })

  test('do not train while a value is wrong, or without an engine', async () => {
    const { form, fake, actions, becomes, engine } = await mountBar()
    form.texts.margin = '-1'
    await becomes()
    expect(actions.hindrance.value).toBe('Correct the marked values first.')
    await actions.act('train')
    expect(fake.calls).not.toContain('start')
    form.texts.margin = '1'
    await becomes('Train')
    engine.connection.value = 'lost'
    await becomes()
  })

  test('ask once, however fast one presses', async () => {
    const { fake, actions } = await mountBar()
    await Promise.all([actions.act('train'), actions.act('train'), actions.act('train')])
    expect(fake.calls.filter(call => call === 'start')).toHaveLength(1)
  })

  test('show what the engine refuses as a notice with advice', async () => {
    const { fake, engine, actions } = await mountBar()
    fake.training.start = () => {
      throw new TwinlensError('disk-full', 'The disk is full.')
    }
    await actions.act('train')
    expect(engine.notice.value).toEqual({
      tone: 'error',
      text: 'The disk is full. Nothing half-written was kept. Free some space and try again.',
    })
  })

  test('tell why a training failed, beside the controls, and can train again', async () => {
    const { fake, press, becomes, wrapper } = await mountBar()
    await press('Train')
    await becomes('Pause', 'Stop')
    fake.training.fail(new TwinlensError('out-of-memory', 'The memory is full.'))
    await becomes('Train')
    await flushPromises()
    await nextTick()
    expect(wrapper.get('[role="alert"]').text()).toContain('The memory is full. What was saved is safe.')
  })
})
