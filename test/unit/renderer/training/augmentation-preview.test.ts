// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import AugmentationPreview from '../../../../src/renderer/training/AugmentationPreview.vue'
import { useHyperparameterForm } from '../../../../src/renderer/training/hyperparameter-form.ts'
import { TwinlensError } from '../../../../src/shared/errors.ts'
import { newSettings, untrainedEngine, withEngine } from '../search/engines.ts'

enableAutoUnmount(afterEach)

async function panel() {
  const { engine, fake } = await untrainedEngine()
  const form = useHyperparameterForm(newSettings())
  const asked = vi.spyOn(engine.client, 'previewAugmentation')
  const wrapper = mount(AugmentationPreview, { props: { form }, global: withEngine(engine) })
  await flushPromises()
  const again = wrapper.get('button')
  const pictures = () => wrapper.findAll('li').map(row => row.findAll('canvas').length)
  const shown = () => vi.waitFor(() => expect(pictures()).toEqual([6, 6, 6, 6]))
  return { engine, fake, form, wrapper, asked, again, shown }
}

describe('the preview of augmentation', () => {
  test('says that nothing is changed while all values are zero, and asks nobody', async () => {
    const { wrapper, asked, again } = await panel()
    expect(wrapper.text()).toContain('Nothing is changed: a training sees each image as it is.')
    expect(again.attributes('disabled')).toBe('')
    expect(asked).not.toHaveBeenCalled()
  })

  test('shows four images with five versions each, of the values that were typed last', async () => {
    const { form, wrapper, asked, shown } = await panel()
    form.texts.shift = '1'
    form.texts.shift = '12'
    form.texts.noise = '5'
    await shown()
    expect(asked).toHaveBeenCalledTimes(1)
    expect(asked.mock.calls[0]?.[0]).toEqual({
      augmentation: { shift: 12, rotation: 0, scaling: 0, elastic: 0, noise: 5 },
      images: 4,
      versions: 5,
      seed: 1,
    })
    const labels = wrapper.findAll('li:first-child canvas').map(one => one.attributes('aria-label'))
    expect(labels[0]).toMatch(/^Training image of class \d$/)
    expect(labels[5]).toMatch(/^Version 5, class \d$/)
  })

  test('draws other images at a press, and begins anew where other data are open', async () => {
    const { engine, form, asked, again, shown } = await panel()
    form.texts.rotation = '20'
    await shown()
    await again.trigger('click')
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2))
    expect(asked.mock.calls[1]?.[0]).toMatchObject({ seed: 2 })
    engine.data.value = await engine.client.openData({ kind: 'digits', trainCount: 100, testCount: 10 })
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(3))
  })

  test('a value that cannot be used is told, and what was seen goes with the last change', async () => {
    const { form, wrapper, shown } = await panel()
    form.texts.shift = '3'
    await shown()
    form.texts.shift = 'three'
    await flushPromises()
    expect(wrapper.text()).toContain('One of the values above cannot be used.')
    form.texts.shift = '0'
    await flushPromises()
    expect(wrapper.find('ul').exists()).toBe(false)
  })

  test('what fails is told in words, and mended by the next that comes', async () => {
    const { form, wrapper, asked, again, shown } = await panel()
    asked.mockRejectedValueOnce(new TwinlensError('bad-file', 'The images cannot be read.'))
    form.texts.shift = '3'
    await vi.waitFor(() => expect(wrapper.find('[role=alert]').exists()).toBe(true))
    expect(wrapper.get('[role=alert]').text()).toContain('The images cannot be read.')
    await again.trigger('click')
    await shown()
    expect(wrapper.find('[role=alert]').exists()).toBe(false)
  })
})
