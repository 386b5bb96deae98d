// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, shallowRef, useTemplateRef } from 'vue'
import { useWindowed, type Windowed } from '../../../../../src/renderer/explorer/selection/use-windowed.ts'

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      #callback: ResizeObserverCallback
      constructor(callback: ResizeObserverCallback) {
        this.#callback = callback
      }
      observe(target: Element) {
        const contentRect = { width: 300, height: 200 } as DOMRectReadOnly
        const size = [{ inlineSize: 300, blockSize: 200 }]
        const entry = {
          target,
          contentRect,
          borderBoxSize: size,
          contentBoxSize: size,
          devicePixelContentBoxSize: size,
        }
        this.#callback([entry], this as unknown as ResizeObserver)
      }
      unobserve() {}
      disconnect() {}
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

function show(count: number, options?: Parameters<typeof useWindowed>[3]) {
  const many = shallowRef(count)
  let windowed: Windowed | undefined
  const wrapper = mount(
    defineComponent(() => {
      windowed = useWindowed(useTemplateRef<HTMLElement>('box'), () => many.value, 20, options)
      return () => h('div', { ref: 'box' })
    }),
  )
  const scroll = async (to: number) => {
    ;(wrapper.element as HTMLElement).scrollTop = to
    await wrapper.trigger('scroll')
  }
  return { windowed: windowed!, scroll, many }
}

it('keeps elements for what is in sight of 10,000 rows, and the length of all', async () => {
  const { windowed, scroll } = show(10_000)
  await nextTick()
  expect(windowed.length.value).toBe(200_000)
  expect([windowed.first.value, windowed.end.value]).toEqual([0, 13])
  await scroll(100_000)
  expect([windowed.first.value, windowed.end.value]).toEqual([4997, 5013])
  expect(windowed.before.value).toBe(4997 * 20)
  await scroll(200_000)
  expect(windowed.end.value).toBe(10_000)
})

it('puts as many side by side as there is room for', async () => {
  const { windowed, scroll } = show(100, { across: 70 })
  await nextTick()
  expect(windowed.perLine.value).toBe(4)
  expect(windowed.length.value).toBe(25 * 20)
  await scroll(200)
  expect([windowed.first.value, windowed.end.value]).toEqual([28, 92])
})

it('shows the end of a list that became shorter', async () => {
  const { windowed, scroll, many } = show(10_000)
  await nextTick()
  await scroll(100_000)
  many.value = 5
  await nextTick()
  expect([windowed.first.value, windowed.end.value]).toEqual([1, 5])
})
