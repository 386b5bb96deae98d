import type { PointSet } from '../point-set.ts'
import type { Picture } from '../scatter-renderer.ts'
import type { Scene } from '../scene.ts'

/** WebGL reads attributes at most this far apart, bytes (WebGL 1.0 specification, 6.8 and 6.13). */
const longestStride = 255

/** Counts what goes to the graphics card. */
export type Uploaded = (bytes: number) => void

type Attribute = 'label' | 'entry' | 'selected' | 'only'
const places: Readonly<Record<Attribute, number>> = { label: 3, entry: 4, selected: 5, only: 6 }

/** The points' arrays on the graphics card. Each goes there once: again only when another array takes its place. */
export class PointBuffers {
  readonly #gl: WebGL2RenderingContext
  readonly #uploaded: Uploaded
  readonly #positions: WebGLBuffer
  #values: Float32Array | null = null
  #layout = ''
  readonly #buffers = new Map<Attribute, { readonly buffer: WebGLBuffer; holds: ArrayBufferView | null }>()

  constructor(gl: WebGL2RenderingContext, uploaded: Uploaded) {
    this.#gl = gl
    this.#uploaded = uploaded
    this.#positions = gl.createBuffer()
    for (const name of Object.keys(places) as Attribute[])
      this.#buffers.set(name, { buffer: gl.createBuffer(), holds: null })
  }

  /** Makes everything that the picture needs the current attributes. */
  use({ scene, colours, selected, only }: Picture): void {
    this.#usePositions(scene)
    this.#useIndices('label', scene.labels, 0)
    this.#useIndices('entry', colours === null ? scene.labels : colours.of, 0)
    this.#useSet('selected', selected, 0)
    this.#useSet('only', only, 1)
  }

  /** The stream's own array as it lies, where its points are not too far apart; of wide ones the drawn features alone. */
  #usePositions(scene: Scene): void {
    const gl = this.#gl
    const { values, size, count, horizontal } = scene
    const vertical = scene.vertical ?? horizontal
    const depth = scene.turn?.depth ?? horizontal
    const drawn = [horizontal, vertical, depth]
    const whole = size * 4 <= longestStride && size <= 4
    const layout = whole ? `${size}` : drawn.join()
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#positions)
    if (values !== this.#values || layout !== this.#layout) {
      const data = whole ? values.subarray(0, count * size) : featuresOf(scene, drawn)
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW)
      this.#uploaded(data.byteLength)
      this.#values = values
      this.#layout = layout
    }
    drawn.forEach((feature, place) => {
      gl.enableVertexAttribArray(place)
      gl.vertexAttribPointer(place, 1, gl.FLOAT, false, (whole ? size : 3) * 4, (whole ? feature : place) * 4)
    })
  }

  #useIndices(name: Attribute, indices: Uint16Array, otherwise: number): void {
    this.#use(name, indices, this.#gl.UNSIGNED_SHORT, otherwise)
  }

  #useSet(name: Attribute, set: PointSet | null, otherwise: number): void {
    this.#use(name, set?.mask ?? null, this.#gl.UNSIGNED_BYTE, otherwise)
  }

  #use(name: Attribute, data: Uint16Array | Uint8Array | null, type: number, otherwise: number): void {
    const gl = this.#gl
    const held = this.#buffers.get(name)
    if (data === null || held === undefined) {
      gl.disableVertexAttribArray(places[name])
      gl.vertexAttribI4ui(places[name], otherwise, 0, 0, 0)
      return
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, held.buffer)
    if (held.holds !== data) {
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW)
      this.#uploaded(data.byteLength)
      held.holds = data
    }
    gl.enableVertexAttribArray(places[name])
    gl.vertexAttribIPointer(places[name], 1, type, 0, 0)
  }
}

/** @returns [count, features] */
function featuresOf({ values, size, count }: Scene, features: readonly number[]): Float32Array {
  const columns = new Float32Array(count * features.length)
  let next = 0
  for (let i = 0; i < count; i++)
    for (const feature of features) columns[next++] = values[i * size + feature] as number
  return columns
}
