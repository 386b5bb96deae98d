import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'
import type { ImageSize } from '../../ui/image-pixels.ts'
import { perEngine } from '../per-engine.ts'
import { add, blank, clear, type Drawing, type Stroke, undo } from './strokes.ts'

/** The pad and the tools on it, as they were left. */
export interface DrawingState {
  readonly drawing: ShallowRef<Drawing>
  /** Width of the brush, in the pad's pixels. */
  readonly size: ShallowRef<number>
  readonly erases: ShallowRef<boolean>
  readonly isBlank: ComputedRef<boolean>
  readonly canUndo: ComputedRef<boolean>
  /** Another one for every drawing that began on an empty pad. */
  readonly maker: () => object
  add(stroke: Stroke): void
  undo(): void
  clear(): void
}

/** The pad's longer side in its own pixels: ten times that of a digit, so that a line is smooth. */
export const padSide = 280

/** The pad in the shape of the data set's images, in its own pixels. */
export function padSize({ width, height }: ImageSize): ImageSize {
  const scale = padSide / Math.max(width, height)
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

export const brushSizes = { least: 8, most: 56, preset: 24 } as const

export function createDrawing(): DrawingState {
  const drawing = shallowRef<Drawing>(blank)
  const isBlank = computed(() => drawing.value.strokes.length === 0)
  let maker = {}
  return {
    drawing,
    size: shallowRef(brushSizes.preset),
    erases: shallowRef(false),
    isBlank,
    canUndo: computed(() => drawing.value.past.length > 0),
    maker: () => maker,
    add(stroke) {
      drawing.value = add(drawing.value, stroke)
    },
    undo() {
      drawing.value = undo(drawing.value)
    },
    clear() {
      drawing.value = clear(drawing.value)
      maker = {}
    },
  }
}

export const useDrawing: () => DrawingState = perEngine(createDrawing)
