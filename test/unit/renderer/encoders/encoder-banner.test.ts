// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import EncoderBanner from '../../../../src/renderer/encoders/EncoderBanner.vue'
import { readEncoderFiles } from '../../../../src/renderer/encoders/encoder-files.ts'
import ImportEncoderButton from '../../../../src/renderer/encoders/ImportEncoderButton.vue'
import type { Disk } from '../../../../src/renderer/host.ts'
import { fakeHost } from '../../../fakes/fake-host.ts'
import { testCount, trainedEngine, untrainedEngine, withEngine } from '../search/engines.ts'

enableAutoUnmount(afterEach)

function drop(files: readonly File[]): boolean {
  const event = new Event('drop', { bubbles: true, cancelable: true })
  const dataTransfer = { files, items: [], types: ['Files'] }
  return document.body.dispatchEvent(Object.assign(event, { dataTransfer }))
}

const onDisk = (path: string): Disk => ({ choose: async () => [path], droppedPaths: async () => [path] })
const file = (name: string): File => new File(['x'], name)

async function banner(disk: Disk | null) {
  const { engine, fake } = await untrainedEngine()
  const global = withEngine(engine, { ...fakeHost(fake), disk })
  const wrapper = mount(EncoderBanner, { attachTo: document.body, global })
  const button = mount(ImportEncoderButton, { attachTo: document.body, global })
  await flushPromises()
  /** As the window follows the engine. */
  const follow = () => {
    engine.points.value = fake.training.points(testCount)
    engine.training.value = fake.training.state
  }
  return { engine, wrapper, button, follow }
}

describe('an encoder', () => {
  test('that is dropped anywhere is taken, and the window says whose it is and what it cannot do', async () => {
    const { wrapper, follow } = await banner(null)
    expect(drop([file('theirs.onnx')])).toBe(false)
    await vi.waitFor(() => expect(wrapper.emitted('opened')).toHaveLength(1))
    follow()
    await flushPromises()
    expect(wrapper.text()).toContain('theirs.onnx')
    expect(wrapper.text()).toContain('ONNX, made by Twinlens, run “digits”, 2 features an image')
    expect(wrapper.text()).toContain('was not trained here')
    expect(wrapper.text()).toContain('cannot be trained further')
  })

  test('lies on the disk of a desktop: its path is what the engine is told', async () => {
    const { wrapper, button, follow } = await banner(onDisk('/home/theirs.onnx'))
    await button.get('button').trigger('click')
    await vi.waitFor(() => expect(button.emitted('opened')).toHaveLength(1))
    follow()
    await flushPromises()
    expect(wrapper.text()).toContain('/home/theirs.onnx')
  })

  test('is no picture and no zip of images: these are left alone', async () => {
    const { wrapper } = await banner(null)
    expect(drop([file('seven.png')])).toBe(true)
    expect(drop([file('cats.zip')])).toBe(true)
    await flushPromises()
    expect(wrapper.text()).toBe('')
  })

  test('that cannot be read is told of, and nothing is shown of it', async () => {
    const { engine, wrapper } = await banner(null)
    drop([file('model.json')])
    await vi.waitFor(() => expect(engine.notice.value?.text).toContain('model.json: it is no encoder.'))
    expect(wrapper.text()).toBe('')
    expect(wrapper.emitted('opened')).toBeUndefined()
  })

  test('waits for the end of a training', async () => {
    const { engine, fake } = await trainedEngine()
    const global = withEngine(engine, { ...fakeHost(fake), disk: null })
    const button = mount(ImportEncoderButton, { global })
    expect(button.get('button').attributes('disabled')).toBeDefined()
    expect(button.get('button').attributes('title')).toBe('After the training')
  })
})

test('files that are more than a message takes are not read', async () => {
  const large = Object.assign(new File(['x'], 'large.onnx'), {})
  Object.defineProperty(large, 'size', { value: 100e6 })
  expect(await readEncoderFiles([large])).toMatchObject({
    fault: expect.stringContaining('100 MB; at most 67 MB'),
  })
})
