import { defaultPreparation, type Preparation, type Stage } from '../../../shared/contract/preparation.ts'
import { greyToRgba } from '../pictures/png.ts'
import { type DataSet, type ImageShape, shapeOf } from './data-set.ts'
import type { Framing } from './frame.ts'
import {
  backgroundIsLight,
  blackAndWhite,
  centre,
  cropTo,
  cropToContent,
  type Grey,
  inside,
  inverted,
  resize,
  toGrey,
  withFullContrast,
  withoutBackground,
} from './grey.ts'
import type { DecodedImage } from './image-file.ts'
import { prepareFramed } from './prepare-framed.ts'
import { toStage } from './stage.ts'

/** A picture as the network sees it, and what was done to it on the way, in order, for a person. */
export interface PreparedImage {
  /** [height * width * channels], 0-255; of grey ones light on dark like the digits. */
  readonly pixels: Uint8Array
  readonly steps: readonly string[]
  /** The same steps, with what the picture was after each. */
  readonly stages: readonly Stage[]
}

/** What pictures are made into: the shape of a network's images, and how those were made of their own pictures. */
export interface PreparationTarget extends ImageShape {
  /** Left out where that is the digits' way. */
  readonly framing?: Framing | undefined
}

/** What pictures are made into to be compared with a data set's images. */
export const targetOf = ({ test, framing }: Pick<DataSet, 'test' | 'framing'>): PreparationTarget => ({
  ...shapeOf(test),
  framing,
})

/** MNIST's digits fill a box of 20 in an image of 28 and are centred by their mass (LeCun's MNIST page). */
const contentShare = 20 / 28

/** The picture as it is and the steps that have led there. */
class Bench {
  readonly stages: Stage[] = []
  grey: Grey

  constructor(grey: Grey, words: string) {
    this.grey = grey
    this.stages.push(toStage(words, { ...grey, channels: 1 }))
  }

  put(grey: Grey, words: string): void {
    this.grey = grey
    this.stages.push(toStage(words, { ...grey, channels: 1 }))
  }

  get prepared(): PreparedImage {
    return { pixels: this.grey.values, steps: this.stages.map(({ words }) => words), stages: this.stages }
  }
}

/**
 * Brings any picture to what the network was trained on. Of an imported data set: framed as its own pictures were. Of the
 * digits, or where black and white or its content is asked for of a grey picture: grey; inverted where the background is light; the
 * background black; cropped to what it shows; scaled to fill 20 of 28 pixels; centred by its mass. A picture that has
 * the size already and a dark background is taken as it is.
 * @throws invalid-input: nothing to see in it; an area that is not in it
 */
export async function prepareImage(
  image: DecodedImage,
  target: PreparationTarget,
  preparation: Preparation = defaultPreparation,
): Promise<PreparedImage> {
  const framing = framingFor(target, preparation)
  if (framing !== null) return framed(image, target, framing, preparation)
  const { grey, words } = toGrey(image)
  return prepare(new Bench(grey, words), target, preparation)
}

/** The same for a drawing, which is grey already. @throws as `prepareImage` */
export async function prepareGrey(
  grey: Grey,
  target: PreparationTarget,
  preparation: Preparation = defaultPreparation,
): Promise<PreparedImage> {
  const framing = framingFor(target, preparation)
  if (framing === null) return prepare(new Bench(grey, 'as drawn'), target, preparation)
  const image = { width: grey.width, height: grey.height, rgba: greyToRgba(grey.values) }
  // It is drawn light on dark: what inverted sheets of paper became.
  return framed(image, target, { ...framing, invert: false }, preparation)
}

/** How to frame; null where it is to be done the digits' way. */
function framingFor(
  { channels, framing }: PreparationTarget,
  { threshold, crop }: Preparation,
): Framing | null {
  if (channels === 3) return framing ?? { fit: 'pad', invert: false }
  return framing !== undefined && threshold === null && crop !== 'content' ? framing : null
}

async function framed(
  image: DecodedImage,
  target: PreparationTarget,
  framing: Framing,
  preparation: Preparation,
): Promise<PreparedImage> {
  const { pixels, stages } = await prepareFramed(image, target, framing, preparation)
  return { pixels, stages, steps: stages.map(({ words }) => words) }
}

async function prepare(
  bench: Bench,
  { height, width }: ImageShape,
  { area, invert, threshold, crop, fit }: Preparation,
): Promise<PreparedImage> {
  if (area !== null)
    bench.put(
      cropTo(bench.grey, inside(bench.grey, area)),
      `the part that was chosen, ${area.width} × ${area.height}`,
    )
  const light = invert === 'auto' && backgroundIsLight(bench.grey)
  if (light || invert === 'yes') {
    bench.put(inverted(bench.grey), light ? 'inverted, because the background is light' : 'inverted')
  } else if (
    crop === 'auto' &&
    threshold === null &&
    bench.grey.width === width &&
    bench.grey.height === height
  ) {
    bench.put(bench.grey, 'taken as it is')
    return bench.prepared
  }
  // Light it is by now only where that was asked for.
  if (backgroundIsLight(bench.grey)) bench.put(withFullContrast(bench.grey), 'contrast made full')
  else bench.put(withoutBackground(bench.grey), 'background made black, brightest made white')
  if (threshold !== null) {
    bench.put(blackAndWhite(bench.grey, threshold), `black and white, from brightness ${threshold} on`)
  }
  if (crop !== 'whole') {
    const content = cropToContent(bench.grey)
    bench.put(content, `cropped to its content, ${content.width} × ${content.height}`)
  }
  const [newHeight, newWidth] = fitted(bench.grey, height, width, fit)
  const scaled = await resize(bench.grey, newWidth, newHeight)
  bench.put(scaled, `scaled to ${scaled.width} × ${scaled.height}`)
  const by = fit === 'mass' ? 'mass' : 'box'
  bench.put(
    centre(scaled, height, width, by),
    `centred in ${width} × ${height}${by === 'mass' ? ' by its mass' : ''}`,
  )
  return bench.prepared
}

/** Height and width that a picture is scaled to. */
function fitted(grey: Grey, height: number, width: number, fit: Preparation['fit']): [number, number] {
  if (fit === 'stretch') return [height, width]
  const share = fit === 'fill' ? 1 : contentShare
  const scale = Math.min((width * share) / grey.width, (height * share) / grey.height)
  return [Math.max(1, Math.round(grey.height * scale)), Math.max(1, Math.round(grey.width * scale))]
}
