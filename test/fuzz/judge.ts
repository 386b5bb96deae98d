import { TwinlensError } from '../../src/shared/errors.ts'
import type { FuzzedParser } from './parser.ts'

/** Time of the processor, so that a busy machine is not taken for a hang. */
const mostSeconds = 2
/** The process as a whole, with Node, the decoders and the picture of 64 megapixels that is allowed. */
const mostBytes = 1.5 * 2 ** 30

/** What is wrong with how a parser took the bytes; undefined where it gave a message or a valid result. */
export async function judge(
  parser: FuzzedParser,
  bytes: Uint8Array,
  folder: string,
): Promise<string | undefined> {
  const before = process.cpuUsage()
  try {
    await parser.parse(bytes, folder)
  } catch (error) {
    const fault = faultOf(error)
    if (fault !== undefined) return fault
  }
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1e6
  if (seconds > mostSeconds) return `it took ${seconds.toFixed(1)} s`
  const peak = process.resourceUsage().maxRSS * 1024
  return peak > mostBytes ? `the process took ${Math.round(peak / 1e6)} MB` : undefined
}

/** Bad input gets a message for a person and is no fault of the program's. */
function faultOf(error: unknown): string | undefined {
  if (!(error instanceof TwinlensError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (error.kind !== 'bad-file' && error.kind !== 'invalid-input')
    return `an error of the kind ${error.kind}: ${error.message}`
  return error.message.length > 10 && error.message.length < 2000
    ? undefined
    : `no message for a person: ${error.message}`
}
