import { badFile } from '../../../../shared/errors.ts'
import type { ByteFile } from './byte-file.ts'
import { importLimits } from './limits.ts'

/** The lines of a text without their ends, one after the other. @throws bad-file: a line longer than the limit */
export async function* linesOf(file: ByteFile): AsyncGenerator<Buffer> {
  let rest: Uint8Array[] = []
  let length = 0
  let line = 1
  const check = (): void => {
    if (length > importLimits.lineBytes) throw badFile(file.where, `line ${line} is too long for a table.`)
  }
  for await (const chunk of file.chunks()) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      length += end - from
      check()
      const part = bytes.subarray(from, end)
      yield rest.length === 0 ? part : Buffer.concat([...rest, part])
      rest = []
      length = 0
      line++
      from = end + 1
    }
    if (from < bytes.length) {
      rest.push(bytes.subarray(from))
      length += bytes.length - from
      check()
    }
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}
