// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from 'vitest'
import { browserSettings } from '../../../../src/renderer/ui/settings.ts'

afterEach(() => {
  localStorage.clear()
  vi.restoreAllMocks()
})

describe('settings', () => {
  test('come back in another window', () => {
    browserSettings(() => localStorage).set('panes', [1, 2])
    expect(browserSettings(() => localStorage).get('panes')).toEqual([1, 2])
    expect(browserSettings(() => localStorage).get('other')).toBeUndefined()
  })

  test('last as long as the window where storage is forbidden, and that is logged', () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue(undefined)
    const settings = browserSettings(() => {
      throw new Error('forbidden')
    })
    settings.set('panes', [1])
    expect(settings.get('panes')).toEqual([1])
    expect(settings.get('other')).toBeUndefined()
    expect(warned).toHaveBeenCalledTimes(2)
  })

  test('that are broken are none', () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue(undefined)
    localStorage.setItem('twinlens.panes', '{')
    expect(browserSettings(() => localStorage).get('panes')).toBeUndefined()
    expect(warned).toHaveBeenCalledOnce()
  })
})
