import { Camera } from './camera.ts'
import type { Contours } from './contours/contour-view.ts'
import { type Direction, nearestInDirection, nextInOrder } from './nearest-in-direction.ts'
import { Overlays } from './overlays.ts'
import { boundsOfMarks } from './place.ts'
import { PointIndex } from './point-index.ts'
import type { Layers } from './scatter-layers.ts'
import type { ScatterRenderer, Theme } from './scatter-renderer.ts'
import { type Bounds, boundsOf, type Scene, xOf, yOf } from './scene.ts'
import { type Content, type Look, pictureOf, redrawing } from './stage-content.ts'
import type { ImageSource } from './thumbnails/thumbnail-atlas.ts'
import { toX, toY } from './view-transform.ts'

const testsOf = (scene: Scene | null): number | undefined => scene?.tests ?? scene?.count

/** How far from a point the pointer may be, CSS px. */
const reach = 14

export interface StageOptions {
  readonly layers: Layers
  readonly index?: PointIndex
  /** Asks for one call before the next picture on the screen; requestAnimationFrame. */
  readonly nextFrame?: (draw: () => void) => void
}

/**
 * What is on the canvas and what must be drawn again for a change: everything for other points or another view, the
 * marks alone for the pointer; at most once for a frame of the screen, however much came in between.
 */
export class ScatterStage {
  /** For tests and benchmarks: how often points, and marks, were drawn. */
  readonly counts = { points: 0, marks: 0 }
  readonly camera = new Camera()
  readonly index: PointIndex
  readonly #layers: Layers
  readonly #nextFrame: (draw: () => void) => void
  #content: Content = { scene: null, classes: [], palette: [], colours: null }
  #look: Look = {
    hidden: new Set(),
    only: null,
    selected: null,
    shapes: false,
    names: true,
    marks: [],
  }
  #theme: Theme | null = null
  readonly #overlays = new Overlays(() => this.#demand('marks'))
  #pointed = -1
  #due: 'nothing' | 'marks' | 'all' = 'nothing'
  #disposed = false

  constructor({
    layers,
    index = new PointIndex(),
    nextFrame = draw => void requestAnimationFrame(draw),
  }: StageOptions) {
    this.#layers = layers
    this.index = index
    this.#nextFrame = nextFrame
  }

  /** @returns false where there are points and none of them is a number: the training diverged */
  show(content: Content): boolean {
    const before = this.#content.scene
    const { scene, classes } = content
    const sameAxes =
      before?.horizontal === scene?.horizontal &&
      before?.vertical === scene?.vertical &&
      before?.reduction?.name === scene?.reduction?.name
    this.#content = content
    this.#overlays.forget()
    const bounds = scene === null ? null : boundsOf(scene, classes.length)
    this.camera.aimAt(bounds, scene?.vertical === null)
    // Training images that join the test images leave in sight what a person has chosen to see.
    const otherImages = testsOf(before) !== testsOf(scene)
    const joined = before?.count !== scene?.count && this.camera.chosen === null
    if (!sameAxes || otherImages || joined) this.camera.reset()
    if (this.#pointed >= (scene?.count ?? 0)) this.#pointed = -1
    this.index.renew(scene)
    this.#demand('all')
    return scene === null || bounds !== null
  }

  setLook(look: Look): void {
    const before = this.#look
    this.#look = look
    const same = redrawing.every(key => look[key] === before[key])
    this.#demand(same ? 'marks' : 'all')
  }

  setTheme(theme: Theme): void {
    this.#theme = theme
    this.#demand('all')
  }

  /** @param width CSS px @param ratio device pixels per CSS px */
  resize(width: number, height: number, ratio: number): void {
    this.camera.resize(width, height)
    this.#layers.resize(width, height, ratio)
    this.#demand('all')
  }

  fit(): void {
    this.camera.reset()
    this.#demand('all')
  }

  /** Shows what was in sight once; null shows all. */
  choose(view: Bounds | null): void {
    this.camera.choose(view)
    this.#demand('all')
  }

  /** What is marked, close up. */
  lookAtMarks(): void {
    const { scene } = this.#content
    const bounds = scene === null ? null : boundsOfMarks(scene, this.#look.marks)
    if (bounds === null) return
    this.camera.lookAt(bounds)
    this.#demand('all')
  }

  zoom(factor: number, px?: number, py?: number): void {
    this.camera.zoom(factor, px, py)
    this.#demand('all')
  }

  pan(dx: number, dy: number): void {
    this.camera.pan(dx, dy)
    this.#demand('all')
  }

  /** Neither of a hidden class nor left out by "only these". */
  readonly isShown = (index: number): boolean => {
    const { scene } = this.#content
    const { hidden, only } = this.#look
    if (scene === null || (only !== null && only.mask[index] !== 1)) return false
    return hidden.size === 0 || !hidden.has(scene.labels[index] as number)
  }

  /** Of the points that are drawn now. */
  get scene(): Scene | null {
    return this.#content.scene
  }

  /** @returns the point at (px, py), CSS px from the canvas's corner; -1 for none */
  pick(px: number, py: number): number {
    const { area, view } = this.camera
    const inside =
      px >= area.left && py >= area.top && px <= area.left + area.width && py <= area.top + area.height
    if (this.#content.scene === null || view === null || !inside) return -1
    return this.index.pick(this.#content.scene, view, px, py, reach, this.isShown)
  }

  /** @returns the next point from the pointed one; without one, that nearest to the middle; -1 where there is none */
  walk(to: Direction | 'next' | 'previous'): number {
    const { scene } = this.#content
    const { area, view } = this.camera
    if (scene === null || view === null) return -1
    if (to === 'next') return nextInOrder(scene.count, this.#pointed, 1, this.isShown)
    if (to === 'previous') return nextInOrder(scene.count, Math.max(0, this.#pointed), -1, this.isShown)
    if (this.#pointed >= 0) return nearestInDirection(scene, view, this.#pointed, to, this.isShown)
    const [x, y] = [area.left + area.width / 2, area.top + area.height / 2]
    return this.index.pick(scene, view, x, y, Number.POSITIVE_INFINITY, this.isShown)
  }

  get pointed(): number {
    return this.#pointed
  }

  /** Rings a point; -1 none. @param reveal pans until it is in sight */
  point(index: number, reveal = false): void {
    if (index === this.#pointed) return
    this.#pointed = index
    this.#demand('marks')
    const at = reveal ? this.positionOf(index) : null
    if (at === null) return
    const { left, top, width, height } = this.camera.area
    const dx = Math.max(left + reach - at.x, 0) + Math.min(left + width - reach - at.x, 0)
    const dy = Math.max(top + reach - at.y, 0) + Math.min(top + height - reach - at.y, 0)
    if (dx !== 0 || dy !== 0) this.pan(dx, dy)
  }

  /** Where a point lies, CSS px from the canvas's corner. */
  positionOf(index: number): { readonly x: number; readonly y: number } | null {
    const { scene } = this.#content
    const { view } = this.camera
    if (scene === null || view === null || index < 0 || index >= scene.count) return null
    return { x: toX(view, xOf(scene, index)), y: toY(view, yOf(scene, index)) }
  }

  #demand(what: 'marks' | 'all'): void {
    if (this.#due === 'nothing') this.#nextFrame(() => this.#draw())
    if (this.#due !== 'all') this.#due = what
  }

  #draw(): void {
    const due = this.#due
    this.#due = 'nothing'
    if (this.#disposed || this.#theme === null) return
    const picture = pictureOf(this.#content, this.#look, this.camera, this.#theme)
    const { classes } = this.#content
    if (due === 'all') {
      this.counts.points++
      this.#layers.drawPoints(picture, classes)
      const { zoomed } = this.camera
      const { index, isShown } = this
      this.#overlays.arrange(picture, this.#look, { classes: classes.length, zoomed, index, isShown })
    }
    this.counts.marks++
    this.#layers.drawMarks(picture, this.#overlays.overlay(this.#content, this.#look, this.#pointed))
  }

  /** Where the points' images come from; null for none. */
  setImages(images: ImageSource | null): void {
    this.#overlays.thumbnails.setSource(images)
    this.#demand('all')
  }

  /** The lines of equal density that are drawn now. */
  get contours(): Contours | null {
    return this.#overlays.contours.traced
  }

  /** What drawing the points has cost so far. */
  get drawn(): Pick<ScatterRenderer, 'kind' | 'counts'> {
    return this.#layers.renderer
  }

  dispose(): void {
    this.#disposed = true
    this.index.dispose()
    this.#overlays.dispose()
    this.#layers.renderer.dispose()
  }
}
