import {
  type Area,
  defaultPreparation,
  type Preparation,
  type Stage,
} from '../../../shared/contract/preparation.ts'
import { invalidInput } from '../../../shared/errors.ts'
import {
  backgroundIsLight,
  blackAndWhite,
  centre,
  cropTo,
  cropToContent,
  type Grey,
  inverted,
  resize,
  toGrey,
  withFullContrast,
  withoutBackground,
} from './grey.ts'
import type { DecodedImage } from './image-file.ts'
import { toStage } from './stage.ts'

/** A picture as the network sees it, and what was done to it on the way, in order, for a person. */
export interface PreparedImage {
  /** [height * width], 0-255, light on dark like the digits. */
  readonly pixels: Uint8Array
  readonly steps: readonly string[]
  /** The same steps, with what the picture was after each. */
  readonly stages: readonly Stage[]
}

/** MNIST's digits fill a box of 20 in an image of 28 and are centred by their mass (LeCun's MNIST page). */
const contentShare = 20 / 28

/** The picture as it is and the steps that have led there. */
class Bench {
  readonly stages: Stage[] = []
  grey: Grey

  constructor(grey: Grey, words: string) {
    this.grey = grey
    this.stages.push(toStage(words, grey))
  }

  put(grey: Grey, words: string): void {
    this.grey = grey
    this.stages.push(toStage(words, grey))
  }

  get prepared(): PreparedImage {
    return { pixels: this.grey.values, steps: this.stages.map(({ words }) => words), stages: this.stages }
  }
}

/**
 * Brings any picture to what the network was trained on. By default: grey; inverted where the background is light; the
 * background black; cropped to what it shows; scaled to fill 20 of 28 pixels; centred by its mass. A picture that has
 * the size already and a dark background is taken as it is.
 * @throws invalid-input: nothing to see in it; an area that is not in it
 */
export async function prepareImage(
  image: DecodedImage,
  height: number,
  width: number,
  preparation: Preparation = defaultPreparation,
): Promise<PreparedImage> {
  const { grey, words } = toGrey(image)
  return prepare(new Bench(grey, words), height, width, preparation)
}

/** The same for a drawing, which is grey already. @throws as `prepareImage` */
export async function prepareGrey(
  grey: Grey,
  height: number,
  width: number,
  preparation: Preparation = defaultPreparation,
): Promise<PreparedImage> {
  return prepare(new Bench(grey, 'as drawn'), height, width, preparation)
}

async function prepare(
  bench: Bench,
  height: number,
  width: number,
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

/** @throws invalid-input */
function inside({ width, height }: Grey, area: Area): Area {
  if (area.left + area.width <= width && area.top + area.height <= height) return area
  throw invalidInput(`The part that was chosen is not within the picture, ${width} × ${height}.`)
}

/** Height and width that a picture is scaled to. */
function fitted(grey: Grey, height: number, width: number, fit: Preparation['fit']): [number, number] {
  if (fit === 'stretch') return [height, width]
  const share = fit === 'fill' ? 1 : contentShare
  const scale = Math.min((width * share) / grey.width, (height * share) / grey.height)
  return [Math.max(1, Math.round(grey.height * scale)), Math.max(1, Math.round(grey.width * scale))]
}
