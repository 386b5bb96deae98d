import { useDevicePixelRatio, usePreferredDark, useResizeObserver } from '@vueuse/core'
import { onBeforeUnmount, onMounted, type ShallowRef, shallowRef, watch } from 'vue'
import { useEngine } from '../engine.ts'
import { useTestImages } from '../search/test-images.ts'
import { contextOf } from './canvas-renderer.ts'
import { graphicsNow } from './graphics-note.ts'
import { pickRenderer } from './pick-renderer.ts'
import { type Canvases, createLayers } from './scatter-layers.ts'
import type { Theme } from './scatter-renderer.ts'
import { ScatterStage } from './scatter-stage.ts'
import type { Content, Look } from './stage-content.ts'

/** The page's tokens, as they stand in light or dark. */
function themeOf(element: Element, context: CanvasRenderingContext2D): Theme {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: token('--text'),
    quiet: token('--muted'),
    line: token('--line'),
    surface: plainColour(token('--panel'), context),
    accent: token('--accent'),
    context: plainColour(token('--context'), context),
    font: style.fontFamily,
  }
}

/** A canvas writes every opaque colour as '#rrggbb', however the style sheet, or what made it smaller, has written it. */
function plainColour(colour: string, context: CanvasRenderingContext2D): string {
  context.fillStyle = colour
  return String(context.fillStyle)
}

/**
 * A stage for as long as the component is there, which follows the content, the look, the size of its frame, the
 * screen's resolution and the page's theme. Null until it is mounted.
 */
export function useStage(
  frame: Readonly<ShallowRef<HTMLElement | null>>,
  canvases: () => Canvases,
  content: () => Content,
  look: () => Look,
): { readonly stage: ShallowRef<ScatterStage | null>; readonly diverged: ShallowRef<boolean> } {
  const stage = shallowRef<ScatterStage | null>(null)
  const diverged = shallowRef(false)
  const dark = usePreferredDark()
  const { pixelRatio } = useDevicePixelRatio()

  const resize = () => {
    const { clientWidth, clientHeight } = frame.value ?? { clientWidth: 0, clientHeight: 0 }
    if (clientWidth > 0) stage.value?.resize(clientWidth, clientHeight, pixelRatio.value)
  }
  const show = () => {
    diverged.value = stage.value?.show(content()) === false
  }
  const paint = () => {
    if (frame.value !== null) stage.value?.setTheme(themeOf(frame.value, contextOf(canvases().marks)))
  }
  const { data } = useEngine()
  const images = useTestImages()
  const showImages = () => {
    if (data.value === null || data.value.missing !== null) return stage.value?.setImages(null)
    const { width, height } = data.value
    stage.value?.setImages({ width, height, get: index => images().get(index) })
  }
  onMounted(() => {
    stage.value = new ScatterStage({
      layers: createLayers(canvases(), pickRenderer(canvases().points, graphicsNow())),
    })
    paint()
    resize()
    stage.value.setLook(look())
    showImages()
    show()
  })
  useResizeObserver(frame, resize)
  watch(pixelRatio, resize)
  watch(dark, paint)
  watch(data, showImages)
  watch(content, show)
  watch(look, now => stage.value?.setLook(now))
  onBeforeUnmount(() => stage.value?.dispose())
  return { stage, diverged }
}
