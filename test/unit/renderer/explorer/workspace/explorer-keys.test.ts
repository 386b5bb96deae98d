import { expect, it } from 'vitest'
import {
  explorerKeys,
  letterAction,
  modAction,
} from '../../../../../src/renderer/explorer/workspace/explorer-keys.ts'

const press = (key: string, more = {}) =>
  ({
    key,
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    isComposing: false,
    ...more,
  }) as KeyboardEvent

it('does what each button says its letter does', () => {
  const { class: ofClass, toggle, ...others } = explorerKeys
  for (const [name, key] of Object.entries(others)) {
    const action = letterAction(press(key.toLowerCase()))
    expect(action?.do === 'tool' ? action.tool : action?.do).toBe(name)
  }
  expect(letterAction(press(ofClass))).toEqual({ do: 'class' })
  expect(toggle).toBe('Space')
})

it('leaves letters with a modifier to the page', () => {
  for (const modifier of ['altKey', 'ctrlKey', 'metaKey', 'shiftKey'])
    expect(letterAction(press('a', { [modifier]: true }))).toBeNull()
})

it('undoes and redoes with the platform’s keys', () => {
  expect(modAction(press('z', { ctrlKey: true }))).toEqual({ do: 'undo' })
  expect(modAction(press('Z', { ctrlKey: true, shiftKey: true }))).toEqual({ do: 'redo' })
  expect(modAction(press('y', { ctrlKey: true }))).toEqual({ do: 'redo' })
  expect(modAction(press('a', { ctrlKey: true }))).toEqual({ do: 'all' })
  expect(modAction(press('z'))).toBeNull()
})
