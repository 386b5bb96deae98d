// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { graphicsNow, noteIsDue } from '../../../../src/renderer/explorer/graphics-note.ts'
import { graphicsHere, pickRenderer } from '../../../../src/renderer/explorer/pick-renderer.ts'
import { recordingContext } from './recording-context.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** A browser whose graphics card calls itself so. */
function browserWith(name: string) {
  vi.stubGlobal('WebGL2RenderingContext', class {})
  const gl = {
    getExtension: () => ({ UNMASKED_RENDERER_WEBGL: 1, loseContext: () => {} }),
    getParameter: () => name,
  }
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(gl as never)
}

describe('what draws the points', () => {
  it.each([
    ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0)', 'card'],
    [
      'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
      'emulated',
    ],
    ['ANGLE (Mesa, llvmpipe (LLVM 15.0.6, 256 bits), OpenGL 4.5)', 'emulated'],
    ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)', 'emulated'],
    ['Apple GPU', 'card'],
  ])('is told by the name of the card: %s', (name, expected) => {
    browserWith(name)
    expect(graphicsHere(document.createElement('canvas'))).toBe(expected)
  })

  it('is none where the browser knows no WebGL2, or gives none', () => {
    expect(graphicsHere(document.createElement('canvas'))).toBe('none')
    vi.stubGlobal('WebGL2RenderingContext', class {})
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
    expect(graphicsHere(document.createElement('canvas'))).toBe('none')
  })

  it('is the processor without a card and with one that the processor plays', () => {
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (
      this: HTMLCanvasElement,
    ) {
      return recordingContext(this, {})
    } as never)
    const canvas = document.createElement('canvas')
    expect(pickRenderer(canvas, 'none').kind).toBe('canvas')
    expect(pickRenderer(canvas, 'emulated').kind).toBe('canvas')
  })

  it('is asked for once, and said once where there is no card at all', () => {
    const ask = vi.fn(() => 'none' as const)
    expect(graphicsNow(ask)).toBe('none')
    expect(noteIsDue.value).toBe(true)
    noteIsDue.value = false
    expect(graphicsNow(ask)).toBe('none')
    expect(noteIsDue.value).toBe(false)
    expect(ask).toHaveBeenCalledOnce()
  })
})
