import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'
import type { Gallery } from '../../shared/contract.ts'

/** How many neighbours are asked for, where they are looked for, and which classes may be among them. */
export interface Choice {
  readonly count: number
  readonly gallery: Gallery
  readonly classes?: Uint16Array
}

export interface ChoiceState {
  readonly count: ShallowRef<number>
  readonly gallery: ShallowRef<Gallery>
  /** Null: every class. */
  readonly classes: ShallowRef<ReadonlySet<number> | null>
  readonly choice: ComputedRef<Choice>
}

export const mostNeighbours = 100
const preset = 9

export function createChoice(): ChoiceState {
  const count = shallowRef(preset)
  const gallery = shallowRef<Gallery>({ kind: 'test' })
  const classes = shallowRef<ReadonlySet<number> | null>(null)
  const choice = computed((): Choice => {
    const asked = { count: count.value, gallery: gallery.value }
    if (classes.value === null) return asked
    return { ...asked, classes: Uint16Array.from(classes.value).sort() }
  })
  return { count, gallery, classes, choice }
}

/**
 * @param all how many classes there are
 * @returns what is allowed after a click on one: of all, only this one; the last one taken away, or all named: every class
 */
export function toggled(
  classes: ReadonlySet<number> | null,
  label: number,
  all: number,
): ReadonlySet<number> | null {
  if (classes === null) return new Set([label])
  const next = new Set(classes)
  if (!next.delete(label)) next.add(label)
  return next.size === 0 || next.size === all ? null : next
}

/** What is searched, in a few words: the head of the closed part says it. @param folder name of the gallery's folder */
export function choiceText(
  { count, gallery, classes }: Choice,
  classNames: readonly string[],
  folder: string | null,
): string {
  const where = { test: 'test images', train: 'training images', both: 'test and training images' }
  const place = gallery.kind === 'pictures' ? (folder ?? 'a folder') : where[gallery.kind]
  const names = classes === undefined ? [] : Array.from(classes, label => classNames[label] ?? '')
  const which =
    names.length === 0 ? '' : names.length > 3 ? `, ${names.length} classes` : `, class ${names.join(', ')}`
  return `${count} of ${place}${which}`
}
