import { describe, expect, it } from 'vitest'
import { choiceText, createChoice, toggled } from '../../../../src/renderer/search/choice-state.ts'

describe('what is searched', () => {
  it('is nine test images of any class until one chooses', () => {
    expect(createChoice().choice.value).toEqual({ count: 9, gallery: { kind: 'test' } })
  })

  it('names classes in order, and none where all are wanted', () => {
    const state = createChoice()
    state.classes.value = new Set([7, 3])
    expect(state.choice.value.classes).toEqual(Uint16Array.of(3, 7))
  })

  it('comes back to every class when the last one is taken away, or all are named', () => {
    expect(toggled(null, 3, 10)).toEqual(new Set([3]))
    expect(toggled(new Set([3]), 5, 10)).toEqual(new Set([3, 5]))
    expect(toggled(new Set([3]), 3, 10)).toBeNull()
    expect(toggled(new Set([0]), 1, 2)).toBeNull()
  })

  it('is said in a few words', () => {
    const classes = ['a', 'b', 'c', 'd', 'e']
    expect(choiceText({ count: 9, gallery: { kind: 'both' } }, classes, null)).toBe(
      '9 of test and training images',
    )
    expect(
      choiceText({ count: 1, gallery: { kind: 'test' }, classes: Uint16Array.of(1, 3) }, classes, null),
    ).toBe('1 of test images, class b, d')
    const folder = { kind: 'pictures', gallery: 'x' } as const
    expect(
      choiceText({ count: 9, gallery: folder, classes: Uint16Array.of(0, 1, 2, 3) }, classes, 'holiday'),
    ).toBe('9 of holiday, 4 classes')
  })
})
