import type { FuzzedParser } from './parser.ts'
import { encoderParsers } from './parsers/encoders.ts'
import { frameParser } from './parsers/frames.ts'
import { libraryParsers } from './parsers/library.ts'
import { pictureParsers } from './parsers/pictures.ts'
import { savedParsers } from './parsers/saved.ts'
import { sourceParsers } from './parsers/sources.ts'
import { trainingParsers } from './parsers/training.ts'
import { windowTable } from './parsers/window.ts'

/** Every parser of the program. A new one is fuzzed once it is listed here. */
export async function allParsers(): Promise<FuzzedParser[]> {
  const pictures = await pictureParsers()
  return [
    ...pictures,
    ...(await sourceParsers()),
    ...(await libraryParsers(pictures)),
    ...(await savedParsers()),
    ...(await encoderParsers()),
    ...trainingParsers,
    windowTable,
    frameParser,
  ]
}
