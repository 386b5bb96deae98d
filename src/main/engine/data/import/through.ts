import { type Duplex, pipeline, Readable } from 'node:stream'

/**
 * What a stream makes of chunks. Whoever reads may stop before the end: `compose` would then throw where nobody can
 * catch it, which ends the process. @throws what the chunks or the stream throw
 */
export async function* through<T>(chunks: AsyncIterable<Uint8Array>, stream: Duplex): AsyncGenerator<T> {
  // An error reaches the stream as well, and through its iteration whoever reads.
  pipeline(Readable.from(chunks), stream, () => undefined)
  const made: AsyncIterable<T> = stream
  yield* made
}
