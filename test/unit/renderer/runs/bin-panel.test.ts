// @vitest-environment happy-dom
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Host } from '../../../../src/renderer/host.ts'
import BinPanel from '../../../../src/renderer/runs/bin/BinPanel.vue'
import { badFile } from '../../../../src/shared/errors.ts'
import { fakeHost } from '../../../fakes/fake-host.ts'
import { fakeRun } from '../../../fakes/fake-run-library.ts'
import { untrainedEngine, withEngine } from '../search/engines.ts'

enableAutoUnmount(afterEach)

/** Three runs in the bin, the newest of which was deleted last. */
async function panel(change: Partial<Pick<Host, 'trashBin'>> = {}) {
  const { engine, fake } = await untrainedEngine()
  fake.library.runs = [0, 1, 2].map(number => fakeRun(number))
  for (const { name } of [...fake.library.runs]) await engine.client.deleteRun({ name })
  const host = { ...fakeHost(fake), ...change }
  const wrapper = mount(BinPanel, { global: withEngine(engine, host) })
  const press = async (name: string) => {
    const found = wrapper.findAll('button').find(one => (one.attributes('aria-label') ?? one.text()) === name)
    if (found === undefined) throw new Error(`There is no button ${name}.`)
    await found.trigger('click')
  }
  const names = () => wrapper.findAll('td.name').map(cell => cell.text())
  await vi.waitFor(() => expect(names()).toHaveLength(3))
  return { wrapper, fake, press, names, engine }
}

describe('the bin in the window', () => {
  test('brings a run back to the library', async () => {
    const { fake, press, names, wrapper } = await panel()
    const { name } = fakeRun(1)
    await press(`Restore ${name}`)
    await vi.waitFor(() => expect(names()).toHaveLength(2))
    expect(names()).not.toContain(name)
    expect(fake.library.runs.map(run => run.name)).toEqual([name])
    expect(wrapper.get('[role=status]').text()).toBe(`“${name}” is back.`)
  })

  test('is emptied for good once that is confirmed, and not before', async () => {
    const { press, names, wrapper } = await panel()
    await press('Empty the bin…')
    await vi.waitFor(() => expect(wrapper.text()).toContain('Delete 3 for good? This cannot be undone.'))
    await press('Keep')
    expect(names()).toHaveLength(3)
    await press('Empty the bin…')
    await vi.waitFor(() => press('Delete for good'))
    await vi.waitFor(() => expect(wrapper.text()).toContain('The bin is empty.'))
    expect(wrapper.get('[role=status]').text()).toBe('3 deleted for good.')
  })

  test('asks about what lies in it now, with what another window has deleted meanwhile', async () => {
    const { press, fake, wrapper, engine } = await panel()
    fake.library.runs = [fakeRun(3)]
    await engine.client.deleteRun({ name: fakeRun(3).name })
    await press('Empty the bin…')
    await vi.waitFor(() => expect(wrapper.text()).toContain('Delete 4 for good? This cannot be undone.'))
  })

  test('a bin that cannot be read is told of', async () => {
    const { press, fake, wrapper } = await panel()
    vi.spyOn(fake.handlers, 'bin').mockImplementation(() => {
      throw badFile('/somewhere/bin', 'it cannot be read.')
    })
    await press('Empty the bin…')
    await vi.waitFor(() => expect(wrapper.get('[role=alert]').text()).toContain('/somewhere/bin'))
  })

  test('goes to the system’s trash in the desktop program, by its main process alone', async () => {
    const trashBin = vi.fn(async () => 3)
    const { press, wrapper, names } = await panel({ trashBin })
    await press('Empty the bin…')
    await vi.waitFor(() => expect(wrapper.text()).toContain('Move 3 to the system’s trash?'))
    await press('Move to the trash')
    await vi.waitFor(() => expect(wrapper.text()).toContain('3 moved to the system’s trash.'))
    expect(trashBin).toHaveBeenCalledOnce()
    // The engine has deleted nothing: what main leaves is still listed.
    expect(names()).toHaveLength(3)
  })
})
