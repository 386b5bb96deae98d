import { TwinlensError } from '../../../../../shared/errors.ts'
import { Random } from '../../../twin/random.ts'
import { frame } from '../../frame.ts'
import type { Skipped, SourceEntry } from '../source.ts'
import { inOrder } from './in-order.ts'
import { openPicture, withinMemory, withPicture } from './read-picture.ts'

/** What some pictures of a source are like. */
export interface Look {
  readonly sizes: readonly { readonly width: number; readonly height: number }[]
  readonly hasColour: boolean
  /** Most of them are on a light, even background, as print and handwriting are. */
  readonly isPaper: boolean
  readonly skipped: readonly Skipped[]
}

/** Pictures that are looked at: enough to tell. They are drawn at random, for a folder begins with one class. */
const looked = 200
const side = 32

/** Looks at some of the pictures. @throws cancelled */
export async function look(entries: readonly SourceEntry[], signal: AbortSignal): Promise<Look> {
  const chosen = [...Random.seeded(0, 'display').sample(entries.length, looked)].sort((a, b) => a - b)
  const sizes: { width: number; height: number }[] = []
  const skipped: Skipped[] = []
  let [colourful, paper] = [0, 0]
  const some = chosen.map(index => entries[index] as SourceEntry)
  for await (const seen of inOrder(some, 8, lookAt)) {
    signal.throwIfAborted()
    if (seen.size === null) skipped.push({ name: seen.name, reason: seen.reason })
    else {
      sizes.push(seen.size)
      colourful += Number(seen.hasColour)
      paper += Number(seen.isPaper)
    }
  }
  return { sizes, hasColour: colourful > 0, isPaper: paper > 0.8 * sizes.length, skipped }
}

async function lookAt(entry: SourceEntry) {
  try {
    return await withPicture(entry, picture =>
      withinMemory(picture, entry.name, async () => {
        const { size, transformer } = await openPicture(picture, entry.name)
        const shape = { height: side, width: side, channels: 3 } as const
        const pixels = await frame(transformer, size, shape, { fit: 'stretch', invert: false })
        return { size, ...colourAndPaper(pixels) }
      }),
    )
  } catch (error) {
    return { size: null, name: entry.name, reason: reasonOf(error, entry.name) }
  }
}

/** Why a picture is left out, without its name, which stands beside it. @throws what is no fault of the picture */
export function reasonOf(error: unknown, name: string): string {
  if (error instanceof TwinlensError && error.kind === 'cancelled') throw error
  const message = error instanceof Error ? error.message : String(error)
  return message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message
}

/** Of [32 * 32 * 3] pixels. */
function colourAndPaper(pixels: Uint8Array): { hasColour: boolean; isPaper: boolean } {
  let [coloured, light, border] = [0, 0, 0]
  for (let i = 0; i < side * side; i++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(i * 3, i * 3 + 3)
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 16) coloured++
    const [x, y] = [i % side, Math.floor(i / side)]
    if (x > 0 && y > 0 && x < side - 1 && y < side - 1) continue
    border++
    if (Math.min(red, green, blue) > 200) light++
  }
  return { hasColour: coloured > 0.01 * side * side, isPaper: light > 0.9 * border }
}
