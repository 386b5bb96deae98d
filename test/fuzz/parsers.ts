import type { FuzzedParser } from './parser.ts'
import { frameParser } from './parsers/frames.ts'
import { pictureParsers } from './parsers/pictures.ts'
import { savedParsers } from './parsers/saved.ts'
import { sourceParsers } from './parsers/sources.ts'
import { trainingParsers } from './parsers/training.ts'
import { windowTable } from './parsers/window.ts'

/** Every parser of the program. A new one is fuzzed once it is listed here. */
export const allParsers = async (): Promise<FuzzedParser[]> => [
  ...(await pictureParsers()),
  ...(await sourceParsers()),
  ...(await savedParsers()),
  ...trainingParsers,
  windowTable,
  frameParser,
]
