// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ClassLegend from '../../../../src/renderer/explorer/ClassLegend.vue'
import { paletteOf } from '../../../../src/shared/drawing/palette.ts'

function legendOf(count: number) {
  const classes = Array.from({ length: count }, (_, i) => `Kind ${i}`)
  const wrapper = mount(ClassLegend, {
    props: {
      classes,
      counts: Uint32Array.from(classes, (_, i) => i + 1),
      palette: paletteOf(count),
      shapes: true,
      modelValue: new Set<number>(),
      'onUpdate:modelValue': hidden => wrapper.setProps({ modelValue: hidden }),
    },
  })
  return wrapper
}

describe('the legend', () => {
  it('lists few classes as they are, without a search', () => {
    const legend = legendOf(100)
    expect(legend.findAll('[aria-pressed]')).toHaveLength(100)
    expect(legend.find('input').exists()).toBe(false)
  })

  it.each([300, 5000])(
    'of %i classes lists the largest, says what is left, and finds the others',
    async count => {
      const legend = legendOf(count)
      const entries = () => legend.findAll('[aria-pressed]')
      expect(entries()).toHaveLength(100)
      expect(entries()[0]?.attributes('aria-label')).toBe(`Kind ${count - 1}, ${count} images`)
      expect(legend.get('[role=status]').text()).toContain(`${(count - 100).toLocaleString('en')} more`)
      await legend.get('input').setValue('kind 17')
      const found = entries().find(entry => entry.text().startsWith('Kind 17'))
      await found?.trigger('click')
      expect([...(legend.props('modelValue') as Set<number>)]).toHaveLength(1)
      await legend.get('input').setValue('nothing like it')
      expect(entries()).toHaveLength(0)
      expect(legend.get('[role=status]').text()).toBe('No class has this in its name.')
    },
  )
})
