import type { Split } from '../../../../shared/contract.ts'

/** An image file as it lies in its source, to be decoded by `decodeImage`. */
export interface EncodedPicture {
  readonly kind: 'encoded'
  readonly bytes: Uint8Array
}

/** An image whose pixels the source holds as such: [height, width, channels], 0-255. */
export interface RawPicture {
  readonly kind: 'raw'
  readonly pixels: Uint8Array
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
}

export type SourcePicture = EncodedPicture | RawPicture

/** One image of a source: what is known of it before it is read. */
export interface SourceEntry {
  /** Where it is within the source, as it is shown to a person: a path, or "train.csv, line 17". */
  readonly name: string
  /** Its class by name. */
  readonly label: string
  /** Where the source says so: a train or test folder, a column of the CSV, a second IDX file. */
  readonly split: Split | null
  /** What it takes as it lies in its source, bytes; left out where that is no more than its pixels. @throws bad-file */
  size?(): Promise<number>
  /** @throws bad-file naming the entry and its fault */
  read(): Promise<SourcePicture>
}

/** What was found and cannot be used. */
export interface Skipped {
  readonly name: string
  /** For a person: "it is a symbolic link that leads out of the folder". */
  readonly reason: string
}

/**
 * Images with their classes, wherever they come from. Opening one reads names, labels and headers; pixels are read an
 * entry at a time, in any order and several at once.
 */
export interface ImageSource {
  /** For a person, as a proposal for the data set's name: the folder's or file's own. */
  readonly name: string
  /** For a person: "a folder per class", "IDX", "CSV of pixels". */
  readonly format: string
  readonly entries: readonly SourceEntry[]
  readonly skipped: readonly Skipped[]
  /** Other columns of a CSV by name, a value an entry, [entries]. */
  readonly columns: ReadonlyMap<string, readonly string[]>
  /** Frees open files. */
  close(): Promise<void>
}

/** Opens what a person has named: told by content, not by name. @throws bad-file, invalid-input, cancelled */
export type OpenSource = (paths: readonly string[], signal: AbortSignal) => Promise<ImageSource>
