// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { shortcutOf } from '../../../../src/renderer/ui/shortcuts.ts'

function pressed(init: KeyboardEventInit, tag = 'body') {
  const target = tag === 'body' ? document.body : document.body.appendChild(document.createElement(tag))
  let found: ReturnType<typeof shortcutOf> = null
  target.addEventListener('keydown', event => {
    found = shortcutOf(event)
  })
  target.dispatchEvent(new KeyboardEvent('keydown', init))
  return found
}

test('training is steered with Ctrl, also from a text field', () => {
  expect(pressed({ key: 'Enter', ctrlKey: true }, 'input')).toBe('primary')
  expect(pressed({ key: 'Enter', ctrlKey: true, shiftKey: true }, 'input')).toBe('step')
  expect(pressed({ key: '.', ctrlKey: true }, 'input')).toBe('stop')
})

test('a question mark asks for help, but is a letter in a text field', () => {
  expect(pressed({ key: '?', shiftKey: true }, 'button')).toBe('help')
  expect(pressed({ key: '?', shiftKey: true }, 'input')).toBeNull()
  expect(pressed({ key: '?', shiftKey: true }, 'textarea')).toBeNull()
})

test('nothing happens without the modifier, with Alt (AltGr types), or while a character is composed', () => {
  expect(pressed({ key: 'Enter' }, 'button')).toBeNull()
  expect(pressed({ key: '.', ctrlKey: true, altKey: true })).toBeNull()
  expect(pressed({ key: 'Enter', ctrlKey: true, isComposing: true }, 'input')).toBeNull()
})
