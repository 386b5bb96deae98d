// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import { effectScope, nextTick } from 'vue'
import HyperparameterFormView from '../../../../src/renderer/training/HyperparameterForm.vue'
import { useHyperparameterForm } from '../../../../src/renderer/training/hyperparameter-form.ts'
import type { Settings } from '../../../../src/renderer/ui/settings.ts'
import { presetValues } from '../../../../src/shared/hyperparameters/presets.ts'
import { counts, defaults, fieldList } from '../../../../src/shared/hyperparameters.ts'

function memory(kept: Record<string, unknown> = {}): Settings {
  const map = new Map(Object.entries(kept))
  return { get: key => map.get(key), set: (key, value) => map.set(key, structuredClone(value)) }
}

const formOver = (settings: Settings) => {
  const form = effectScope().run(() => useHyperparameterForm(settings))
  if (form === undefined) throw new Error('the scope is over')
  return form
}

function mountForm(disabledReason: string | null = null) {
  const form = formOver(memory())
  const wrapper = mount(HyperparameterFormView, { props: { form, disabledReason }, attachTo: document.body })
  const input = (name: string) => wrapper.get<HTMLInputElement>(`#field-${name}`)
  const error = (name: string) => wrapper.get(`#field-${name}-error`).text()
  return { form, wrapper, input, error }
}

describe('the form', () => {
  test('begins with the defaults of the recipe, ready to train', () => {
    expect(formOver(memory()).setup.value).toEqual({
      hyperparameters: defaults,
      data: { kind: 'digits' as const, trainCount: 5000, testCount: 5000 },
      warmFrom: null,
    })
  })

  test('says at once which fields of evaluation do not go together', () => {
    const form = formOver(memory())
    form.texts.patience = '3'
    expect(form.errors.value).toEqual({ patience: expect.stringContaining('needs a validation share') })
    expect(form.setup.value).toBeNull()
    form.texts.validationShare = '0.2'
    expect(form.errors.value).toEqual({ patience: expect.stringContaining('set “Evaluate every” above 0') })
    form.texts.patience = '0'
    expect(form.errors.value).toEqual({ validationShare: expect.stringContaining('set “Evaluate every”') })
    form.texts.evaluateEvery = '100'
    form.texts.patience = '3'
    expect(form.setup.value?.hyperparameters).toMatchObject({ evaluateEvery: 100, patience: 3 })
  })

  test('remembers the run that weights are taken from, and a reset forgets it', async () => {
    const settings = memory()
    const form = formOver(settings)
    form.warmFrom.value = 'my run'
    await nextTick()
    expect(form.isDefault.value).toBe(false)
    expect(formOver(settings).setup.value?.warmFrom).toBe('my run')
    form.choose('fast')
    expect(form.setup.value?.warmFrom).toBe('my run')
    form.reset()
    expect(form.setup.value?.warmFrom).toBeNull()
    form.show({
      hyperparameters: defaults,
      data: { kind: 'digits', trainCount: 1, testCount: 1 },
      warmFrom: 'x',
    })
    expect(form.warmFrom.value).toBe('x')
  })

  test('what was unfolded is so in the next view that shows the form', async () => {
    const form = formOver(memory())
    const unfolded = (view: ReturnType<typeof mount>) =>
      view.get('[aria-controls=more-hyperparameters]').attributes('aria-expanded')
    const first = mount(HyperparameterFormView, { props: { form, disabledReason: null } })
    expect(unfolded(first)).toBe('false')
    await first.get('[aria-controls=more-hyperparameters]').trigger('click')
    first.unmount()
    expect(unfolded(mount(HyperparameterFormView, { props: { form, disabledReason: null } }))).toBe('true')
  })

  test('shows every field with its label, its help and its unit, four of them before "More"', () => {
    const { wrapper, input } = mountForm()
    for (const [name, { label, help }] of fieldList) {
      if (!counts(name, defaults)) continue
      expect(wrapper.get(`label[for="field-${name}"]`).text()).toContain(label)
      const described = input(name).attributes('aria-describedby')?.split(' ') ?? []
      expect(wrapper.get(`#${described[0]}`).text()).toBe(help)
    }
    const visible = wrapper.findAll<HTMLElement>('input').filter(each => each.isVisible())
    expect(visible.map(each => each.attributes('id'))).toEqual([
      'field-margin',
      'field-batchSize',
      'field-iterations',
      'field-learningRate',
    ])
    wrapper.unmount()
  })

  test.each([
    ['margin', '0', 'Margin must be a number above 0 up to 1000.'],
    ['batchSize', '1.5', 'Batch size must be a whole number from 1 up to 16384.'],
    ['iterations', '', 'Iterations must be a whole number from 1 up to 1000000.'],
    ['learningRate', '0,1', 'Learning rate must be a number above 0 up to 1.'],
    ['hiddenSizes', '1024,', 'Hidden sizes must be 1 to 8 whole numbers from 1 up to 16384.'],
    ['seed', '-1', 'Seed must be a whole number from 0 up to 4294967295.'],
    ['trainCount', '60001', 'Training images must be a whole number from 1 up to 60000.'],
    ['testCount', 'many', 'Test images must be a whole number from 1 up to 10000.'],
  ])(
    'says beside %s what is wrong with "%s" as it is typed, and nothing once it is right',
    async (name, text, sentence) => {
      const { form, wrapper, input, error } = mountForm()
      const right = input(name).element.value
      await input(name).setValue(text)
      expect(error(name)).toBe(sentence)
      expect(input(name).attributes('aria-invalid')).toBe('true')
      expect(form.setup.value).toBeNull()
      expect(input(name).isVisible()).toBe(true)
      await input(name).setValue(right)
      expect(error(name)).toBe('')
      expect(form.setup.value?.hyperparameters).toEqual(defaults)
      wrapper.unmount()
    },
  )

  test('takes numbers as people write them', async () => {
    const { form, wrapper, input } = mountForm()
    await input('learningRate').setValue(' 1e-3 ')
    await input('hiddenSizes').setValue('512, 256,128')
    expect(form.setup.value?.hyperparameters).toMatchObject({
      learningRate: 1e-3,
      hiddenSizes: [512, 256, 128],
    })
    wrapper.unmount()
  })

  test('goes back to the defaults at a press, which can be pressed only when there is something to reset', async () => {
    const { form, wrapper, input } = mountForm()
    const reset = wrapper.findAll('button').find(button => button.text() === 'Reset to defaults')
    expect(reset?.attributes()).toHaveProperty('disabled')
    await input('margin').setValue('2')
    await reset?.trigger('click')
    expect(form.setup.value?.hyperparameters).toEqual(defaults)
    wrapper.unmount()
  })

  test('takes a preset, keeps the seed, and says what was changed since', async () => {
    const { form, wrapper, input } = mountForm()
    await input('seed').setValue('7')
    await wrapper.get<HTMLSelectElement>('#preset').setValue('fast')
    expect(form.setup.value?.hyperparameters).toEqual(presetValues('fast', 7))
    await input('margin').setValue('3')
    expect(wrapper.get('#field-margin-help').text()).toContain('Changed from 2.')
    expect(wrapper.get('#field-iterations-help').text()).not.toContain('Changed')
    wrapper.unmount()
  })

  test('shows only what counts for the loss that is chosen', async () => {
    const { wrapper, input } = mountForm()
    expect(wrapper.find('#field-temperature').exists()).toBe(false)
    await input('loss').setValue('supervised-contrastive')
    expect(wrapper.find('#field-temperature').exists()).toBe(true)
    expect(wrapper.find('#field-margin').exists()).toBe(false)
    wrapper.unmount()
  })

  test('says why it is locked, and every field is', () => {
    const { wrapper } = mountForm('Locked while training')
    expect(wrapper.text()).toContain('Locked while training')
    expect(wrapper.findAll<HTMLInputElement>('input').every(input => input.element.disabled)).toBe(true)
    wrapper.unmount()
  })
})

describe('the memory of the form', () => {
  test('brings the last right values back, and no wrong ones', async () => {
    const settings = memory()
    const form = formOver(settings)
    form.texts.margin = '1.5'
    form.texts.trainCount = '500'
    await nextTick()
    form.texts.batchSize = 'x'
    await nextTick()
    expect(formOver(settings).setup.value).toMatchObject({
      hyperparameters: { margin: 1.5, batchSize: defaults.batchSize },
      data: { trainCount: 500 },
    })
  })

  test.each([['text'], [null], [{ margin: 7, batchSize: '-3', noField: '1', iterations: '77' }]])(
    'ignores what is not, or no longer, right in %j',
    kept => {
      const { setup } = formOver(memory({ hyperparameters: kept }))
      const iterations = typeof kept === 'object' && kept !== null ? 77 : defaults.iterations
      expect(setup.value?.hyperparameters).toEqual({ ...defaults, iterations })
    },
  )
})
