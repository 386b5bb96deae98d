import type { Display, Rectangle, Screen } from 'electron'
import { expect, test } from 'vitest'
import { placeWindow, stateOf } from '../../../../../../src/main/host/electron/window/window-state.ts'
import { fake } from '../../../../../fakes/electron/fake.ts'

const screens = (...areas: Rectangle[]): Screen => {
  const displays = areas.map(workArea => ({ workArea }) as Display)
  return fake<Screen>({ getAllDisplays: () => displays, getPrimaryDisplay: () => displays[0] as Display })
}
const left = { x: 0, y: 25, width: 1920, height: 1055 }
const right = { x: 1920, y: 0, width: 1280, height: 1024 }
const at = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height, maximized: false })

test.each([
  ['on a screen', at(100, 100)],
  ['on the second screen', at(2000, 50)],
  ['partly off the edge, but to be caught', at(-850, 100)],
])('a window that was %s comes back there', (_where, state) => {
  const { maximized: _, ...bounds } = state
  expect(placeWindow(state, screens(left, right))).toEqual(bounds)
})

test.each([
  ['on a screen that is gone', at(2000, 50)],
  ['too far left to be caught', at(-950, 100)],
  ['above the screen, its title bar hidden', at(100, -200)],
  ['below the screen', at(100, 1060)],
])('a window that was %s comes back where the system wants it, in its size', (_where, state) => {
  expect(placeWindow(state, screens(left))).toEqual({ width: 1000, height: 700 })
})

test('a window is never larger than its screen', () => {
  expect(placeWindow(at(1920, 0, 3000, 2000), screens(left, right))).toEqual({
    x: 1920,
    y: 0,
    width: 1280,
    height: 1024,
  })
})

test('the first window goes where the system wants it', () => {
  expect(placeWindow({ width: 1280, height: 800, maximized: false }, screens(left))).toEqual({
    width: 1280,
    height: 800,
  })
})

test('of a maximized window the bounds that it will have again are kept', () => {
  const bounds = { x: 1, y: 2, width: 3, height: 4 }
  expect(stateOf({ getNormalBounds: () => bounds, isMaximized: () => true })).toEqual({
    ...bounds,
    maximized: true,
  })
})
