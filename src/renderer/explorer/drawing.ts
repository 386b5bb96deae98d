/** The part of a canvas's context that is used for what lies over the points: a figure's SVG offers the same. */
export interface Drawing {
  fillStyle: string | CanvasGradient | CanvasPattern
  strokeStyle: string | CanvasGradient | CanvasPattern
  lineWidth: number
  lineJoin: CanvasLineJoin
  lineCap: CanvasLineCap
  globalAlpha: number
  font: string
  textAlign: CanvasTextAlign
  textBaseline: CanvasTextBaseline
  save(): void
  restore(): void
  beginPath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  closePath(): void
  /** Whole circles alone. */
  arc(x: number, y: number, radius: number, start: number, end: number): void
  setLineDash(lengths: number[]): void
  stroke(): void
  fill(rule?: CanvasFillRule): void
  strokeText(text: string, x: number, y: number): void
  fillText(text: string, x: number, y: number): void
}
