import { basename } from 'node:path'
import type { EncoderProgress, encoderCalls, OpenedEncoder } from '../../../shared/contract/encoders.ts'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import { defaults } from '../../../shared/hyperparameters.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { maxFrameBytes } from '../../../shared/rpc/frame.ts'
import type { DataSet } from '../data/data-set.ts'
import type { LabelledEmbedding } from '../embedding/embed.ts'
import { measureQuality } from '../embedding/quality.ts'
import { withEncoderFile } from '../imports/encoder-source.ts'
import { type ImportedEncoder, openEncoder } from '../imports/imported-encoder.ts'
import { savedQuality } from '../runs/saved-quality.ts'
import type { ServiceContext } from './context.ts'

const underWay = 'A training is under way. Stop it, or wait for its end, to import an encoder.'

export const encoderHandlers = (context: ServiceContext) =>
  ({
    importEncoder: async function* (source, { signal }): AsyncGenerator<EncoderProgress, void> {
      const { session } = context
      session.refuseWhileBusy(underWay)
      const data = context.data()
      if (data.missing !== undefined)
        throw invalidInput(
          `The pictures of this run are missing: there is nothing that an encoder could place. ${data.missing.why}`,
        )
      const total = data.train.count + data.test.count
      yield { phase: 'opening', done: 0, total }
      const opened = await withEncoderFile(source, signal, async path => {
        const encoder = await openEncoder(path, data.test)
        return { encoder, about: aboutOf(basename(path), encoder) }
      })
      const { encoder, about } = opened
      checkRoom(encoder, data)
      const letGo = session.hold('An encoder is being imported. Wait for its end, or cancel it.')
      try {
        const [train, test] = [blank(encoder, data, 'train'), blank(encoder, data, 'test')]
        for await (const done of encoder.embedInto(test.embedding.values, data.test, signal))
          yield { phase: 'embedding', done, total }
        for await (const done of encoder.embedInto(train.embedding.values, data.train, signal))
          yield { phase: 'embedding', done: data.test.count + done, total }
        checkNumbers(about.name, [train, test])
        yield { phase: 'measuring', done: total, total }
        const quality = savedQuality(await measureQuality(train, test, defaults.seed, signal))
        if (context.data() !== data)
          throw new TwinlensError(
            'busy',
            'Other images were opened meanwhile. Import the encoder again for those.',
          )
        letGo()
        session.adoptEncoder(about, { encoder, train, test, quality }, data)
      } finally {
        letGo()
      }
      yield { phase: 'done', done: total, total }
    },
  }) satisfies Handlers<typeof encoderCalls>

const aboutOf = (name: string, { origin, format, embeddingSize }: ImportedEncoder): OpenedEncoder => ({
  ...{ name, format, embeddingSize },
  ...origin,
})

function blank(
  { embeddingSize: size }: ImportedEncoder,
  data: DataSet,
  part: 'train' | 'test',
): LabelledEmbedding {
  const { count, labels } = data[part]
  return { embedding: { values: new Float32Array(count * size), count, size }, labels }
}

/** Where all test images fall goes to the window in one message. @throws invalid-input */
function checkRoom({ embeddingSize }: ImportedEncoder, { test }: DataSet): void {
  if (test.count * embeddingSize * 4 < maxFrameBytes / 2) return
  throw invalidInput(
    `This encoder makes ${embeddingSize.toLocaleString('en')} numbers of an image: of ${test.count.toLocaleString('en')} test images more than a window can be handed. "twinlens embed --encoder" on the command line takes it.`,
  )
}

function checkNumbers(name: string, parts: readonly LabelledEmbedding[]): void {
  if (parts.every(({ embedding }) => embedding.values.every(Number.isFinite))) return
  throw new TwinlensError(
    'bad-file',
    `${name}: what it makes of these images are no numbers (NaN or infinite).`,
  )
}
