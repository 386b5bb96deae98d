// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import CoreSwitch from '../../../../src/renderer/ui/CoreSwitch.vue'
import { untrainedEngine, withEngine } from '../search/engines.ts'

test('a core is left free from the next start on, which is said, and taken back', async () => {
  const { engine } = await untrainedEngine()
  const wrapper = mount(CoreSwitch, { global: withEngine(engine) })
  await vi.waitFor(() => expect(wrapper.text()).toContain('Leave one of the 8 processor cores free'))
  expect(wrapper.get('[role="status"]').text()).toBe('')
  await wrapper.get('input').setValue(true)
  await vi.waitFor(() => expect(wrapper.get('[role="status"]').text()).toContain('next start'))
  expect(await engine.client.processor()).toMatchObject({ leaveCoreFree: true })
  await wrapper.get('input').setValue(false)
  await vi.waitFor(() => expect(wrapper.get('[role="status"]').text()).toBe(''))
  expect(await engine.client.processor()).toMatchObject({ leaveCoreFree: false })
})
