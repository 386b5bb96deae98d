// @vitest-environment happy-dom
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { useHyperparameterForm } from '../../../../src/renderer/training/hyperparameter-form.ts'
import WarmStartField from '../../../../src/renderer/training/WarmStartField.vue'
import { fakeRun } from '../../../fakes/fake-run-library.ts'
import { newSettings, untrainedEngine, withEngine } from '../search/engines.ts'

enableAutoUnmount(afterEach)

async function field(warmFrom: string | null = null) {
  const { engine, fake } = await untrainedEngine()
  engine.connection.value = 'connecting'
  const notes = { title: 'The first', note: '', tags: [] }
  fake.library.runs = [fakeRun(2), fakeRun(1, { notes }), fakeRun(0, { fault: 'It is damaged.' })]
  const form = useHyperparameterForm(newSettings())
  form.warmFrom.value = warmFrom
  const wrapper = mount(WarmStartField, { props: { form, disabled: false }, global: withEngine(engine) })
  const options = () => wrapper.findAll('option').map(option => option.text())
  await nextTick()
  expect(engine.notice.value).toBeNull()
  expect(options().length).toBeLessThanOrEqual(2)
  engine.connection.value = 'ready'
  await vi.waitFor(() => expect(options().length).toBeGreaterThan(2))
  return { form, wrapper, options, select: wrapper.get('select') }
}

describe('the run to take weights from', () => {
  test('is none, or a whole run of the library by its title', async () => {
    const { form, options, select } = await field()
    expect(options()).toEqual(['None: start anew', fakeRun(2).name, 'The first'])
    await select.setValue(fakeRun(1).name)
    expect(form.setup.value?.warmFrom).toBe(fakeRun(1).name)
    await select.setValue('')
    expect(form.setup.value?.warmFrom).toBeNull()
  })

  test('that is gone stays chosen, and is told', async () => {
    const { options, select, wrapper } = await field('gone')
    expect(options()).toContain('gone')
    expect(select.element.value).toBe('gone')
    expect(select.attributes('aria-invalid')).toBe('true')
    expect(wrapper.get('.error').text()).toBe(
      'This run is not among the saved ones. Choose another, or none.',
    )
    await select.setValue(fakeRun(2).name)
    expect(select.attributes('aria-invalid')).toBe('false')
    expect(wrapper.get('.error').text()).toBe('')
  })
})
