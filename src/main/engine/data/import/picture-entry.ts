import type { Split } from '../../../../shared/contract.ts'
import { imageLimits } from '../image-file.ts'
import type { ByteFile } from './byte-file.ts'
import type { EncodedPicture, SourceEntry } from './source.ts'

/** A picture file with its class. A million of them are held, so each holds as little as it can. */
export class PictureEntry implements SourceEntry {
  readonly label: string
  readonly split: Split | null
  readonly #file: ByteFile

  constructor(file: ByteFile, label: string, split: Split | null) {
    this.#file = file
    this.label = label
    this.split = split
  }

  get name(): string {
    return this.#file.path
  }

  async size(): Promise<number> {
    return (await this.#file.size?.()) ?? 0
  }

  async read(): Promise<EncodedPicture> {
    return { kind: 'encoded', bytes: await this.#file.bytes(imageLimits.fileBytes) }
  }
}
