// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, nextTick } from 'vue'
import { useFold } from '../../../../src/renderer/search/folds.ts'
import type { Settings } from '../../../../src/renderer/ui/settings.ts'
import { newSettings, untrainedEngine, withEngine } from './engines.ts'

async function fold(name: string, initially: boolean, settings: Settings) {
  const { engine } = await untrainedEngine()
  const component = defineComponent({
    setup: () => ({ open: useFold(name, initially) }),
    template: '<i>{{ open }}</i>',
  })
  return mount(component, { global: withEngine(engine, undefined, settings) })
}

describe('a part of the panel', () => {
  it('is as it was left the last time, and leaves the others alone', async () => {
    const settings = newSettings()
    const first = await fold('draw', false, settings)
    first.vm.open = true
    await nextTick()
    const second = await fold('trail', true, settings)
    second.vm.open = false
    await nextTick()
    expect((await fold('draw', false, settings)).vm.open).toBe(true)
    expect((await fold('trail', true, settings)).vm.open).toBe(false)
    expect((await fold('other', true, settings)).vm.open).toBe(true)
  })

  it('begins anew where what is kept is not what it should be', async () => {
    const settings = newSettings()
    settings.set('search.open', ['draw'])
    expect((await fold('draw', false, settings)).vm.open).toBe(false)
  })
})
