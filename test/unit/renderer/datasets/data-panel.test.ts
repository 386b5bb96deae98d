// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import DataPanel from '../../../../src/renderer/datasets/DataPanel.vue'
import { createEngine } from '../../../../src/renderer/engine.ts'
import type { Disk } from '../../../../src/renderer/host.ts'
import { useHyperparameterForm } from '../../../../src/renderer/training/hyperparameter-form.ts'
import { FakeEngine } from '../../../fakes/fake-engine.ts'
import { fakeHost } from '../../../fakes/fake-host.ts'
import { newSettings, trainedEngine, untrainedEngine, withEngine } from '../search/engines.ts'

const over = new AbortController()
afterEach(() => {
  over.abort()
})
enableAutoUnmount(afterEach)

test('nine training images and ten captioned pairs are there without a press, and nine others at one', async () => {
  const fake = new FakeEngine()
  const engine = createEngine(fakeHost(fake), {
    choice: () => ({ kind: 'digits' as const, trainCount: 5000, testCount: 100 }),
    signal: over.signal,
  })
  const wrapper = mount(DataPanel, {
    props: { form: useHyperparameterForm(newSettings()) },
    global: withEngine(engine),
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

/** As a browser sends it. @returns whether nobody took it */
function drop(target: EventTarget, file: File, isDirectory = false): boolean {
  const items = [{ kind: 'file', webkitGetAsEntry: () => ({ isDirectory, name: file.name }) }]
  const event = new Event('drop', { bubbles: true, cancelable: true })
  return target.dispatchEvent(
    Object.assign(event, { dataTransfer: { files: [file], items, types: ['Files'] } }),
  )
}

const folder = new File([''], 'cats')
const onDisk = (path: string): Disk => ({ choose: async () => [path], droppedPaths: async () => [path] })

async function panel(disk: Disk | null, trained = false) {
  const { engine, fake } = await (trained ? trainedEngine() : untrainedEngine())
  const wrapper = mount(DataPanel, {
    attachTo: document.body,
    props: { form: useHyperparameterForm(newSettings()) },
    global: withEngine(engine, { ...fakeHost(fake), disk }),
  })
  await flushPromises()
  const sheet = () => document.querySelector('.import-sheet')
  const field = () => document.querySelector<HTMLInputElement>('#import-path')?.value
  const press = (text: string) =>
    [...document.querySelectorAll('button')].find(button => button.textContent?.trim() === text)?.click()
  const looked = () =>
    vi.waitFor(() =>
      expect(sheet()?.querySelector('[aria-label="Images of each class"]')).toBeInstanceOf(Element),
    )
  return { engine, wrapper, sheet, field, press, looked }
}

describe('images to import', () => {
  test('that are dropped as a folder are looked at where they lie', async () => {
    const { sheet, field, looked } = await panel(onDisk('/home/cats'))
    expect(drop(document.body, folder, true)).toBe(false)
    await looked()
    expect(field()).toBe('/home/cats')
    expect(sheet()?.textContent).not.toContain('A browser does not tell')
  })

  test('are chosen by the program’s own dialog', async () => {
    const { field, press, looked } = await panel(onDisk('/home/dogs'))
    press('Import images…')
    await flushPromises()
    press('Choose a folder…')
    await looked()
    expect(field()).toBe('/home/dogs')
  })

  test('that are dropped on a browser must be told by their path: it says so, and offers no dialog', async () => {
    const { wrapper, sheet, field, press } = await panel(null)
    drop(wrapper.element, folder, true)
    await flushPromises()
    expect(sheet()?.textContent).toContain('A browser does not tell where a dropped folder or file lies')
    expect(field()).toBe('')
    expect(sheet()?.textContent).not.toContain('Choose a folder…')
    press('Import images…')
    await flushPromises()
    expect(sheet()?.textContent).not.toContain('A browser does not tell')
  })

  test('are no pictures by themselves: these are searched by', async () => {
    const { wrapper, sheet } = await panel(onDisk('/home/seven.png'))
    expect(drop(wrapper.element, new File(['x'], 'seven.png', { type: 'image/png' }))).toBe(true)
    await flushPromises()
    expect(sheet()).toBeNull()
  })

  test('once something is learned, are taken on the panel alone: elsewhere a folder is searched in', async () => {
    const { engine, wrapper, sheet, looked } = await panel(onDisk('/home/cats.zip'), true)
    // The training is still under way.
    expect(drop(wrapper.element, folder, true)).toBe(true)
    engine.training.value = { ...engine.training.value, phase: 'done' }
    expect(drop(document.body, folder, true)).toBe(true)
    await flushPromises()
    expect(sheet()).toBeNull()
    expect(drop(wrapper.element, new File(['x'], 'cats.zip', { type: 'application/zip' }))).toBe(false)
    await looked()
  })
})
