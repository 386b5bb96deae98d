import { CanvasRenderer, contextOf } from './canvas-renderer.ts'
import type { ScatterRenderer } from './scatter-renderer.ts'
import { WebGLRenderer, webglOf } from './webgl/webgl-renderer.ts'

/** How the browser can draw with a graphics card. */
export type Graphics = 'card' | 'emulated' | 'none'

/** Asked of a canvas of its own: one that was asked for WebGL gives no other context any more. */
export function graphicsHere(probe: HTMLCanvasElement = document.createElement('canvas')): Graphics {
  const gl = webglOf(probe)
  if (gl === null) return 'none'
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name) ? 'emulated' : 'card'
}

/**
 * A card that the processor only plays takes half a second for a million points, of which writing their pixels takes a
 * twentieth (docs/explorer.md): so it is asked for nothing.
 */
export function pickRenderer(canvas: HTMLCanvasElement, graphics: Graphics): ScatterRenderer {
  const gl = graphics === 'card' ? webglOf(canvas) : null
  return gl === null ? new CanvasRenderer(canvas, contextOf(canvas)) : new WebGLRenderer(canvas, gl)
}
