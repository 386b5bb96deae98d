import { useEventListener } from '@vueuse/core'
import { type ShallowRef, shallowRef } from 'vue'
import type { Slot } from './compare-state.ts'
import { type Carried, type Load, loadOf } from './pictures.ts'

/** @param slot the one it was dropped on; undefined anywhere else */
export type OnLoad = (load: Load, slot: Slot | undefined) => void

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null

function slotAt(target: EventTarget | null): Slot | undefined {
  const name = target instanceof Element ? target.closest('[data-slot]')?.getAttribute('data-slot') : null
  return name === '0' ? 0 : name === '1' ? 1 : undefined
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

/**
 * Takes what is dropped or pasted anywhere in the window, and keeps the window from showing it by itself. Text that
 * goes to a text field is left alone.
 * @returns whether files are being dragged over the window
 */
export function usePictureInput(onLoad: OnLoad): { readonly dragging: ShallowRef<boolean> } {
  const dragging = shallowRef(false)
  const take = (carried: Carried, slot: Slot | undefined) => onLoad(loadOf(carried), slot)

  useEventListener(window, 'dragenter', event => {
    if (carriesFiles(event)) dragging.value = true
  })
  useEventListener(window, 'dragleave', event => {
    if (event.relatedTarget === null) dragging.value = false
  })
  useEventListener(window, 'dragover', event => {
    if (!carriesFiles(event) && isEditable(event.target)) return
    event.preventDefault()
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
  })
  useEventListener(window, 'drop', event => {
    dragging.value = false
    // Whatever lies under it has taken it: a table, say.
    if (event.defaultPrevented) return
    if (event.dataTransfer === null || (!carriesFiles(event) && isEditable(event.target))) return
    event.preventDefault()
    take(event.dataTransfer, slotAt(event.target))
  })
  useEventListener(window, 'paste', event => {
    const { clipboardData, target } = event
    if (clipboardData === null || (clipboardData.files.length === 0 && isEditable(target))) return
    event.preventDefault()
    take(clipboardData, slotAt(target))
  })
  return { dragging }
}

/** Whether a key pressed there means a letter and no command. */
export const takesLetters = (target: EventTarget | null): boolean => {
  if (!isEditable(target)) return false
  return (
    !(target instanceof HTMLInputElement) ||
    !['range', 'checkbox', 'radio', 'file', 'button'].includes(target.type)
  )
}
