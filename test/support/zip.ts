import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of a zip made by hand, honest or not. */
export interface ZipEntry {
  readonly name: string
  readonly content: Uint8Array
  readonly flags?: number
  /** Unix mode, in the upper half of the attributes. */
  readonly mode?: number
  /** What the directory claims instead of the truth. */
  readonly claimedSize?: number
}

/** A zip as PKWARE's APPNOTE.TXT describes it: local headers and data, the central directory, its end. */
export function zipBytes(entries: readonly ZipEntry[], claimedEntries = entries.length): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, flags = 0, mode = 0o100644, claimedSize } of entries) {
    const packed = deflateRawSync(content)
    const nameBytes = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags | 0x800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimedSize ?? content.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const central = Buffer.alloc(14)
    central.writeUInt32LE((mode << 16) >>> 0, 6)
    central.writeUInt32LE(offset, 10)
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), common, central, nameBytes)
    const local = [Buffer.from([0x50, 0x4b, 3, 4]), common, nameBytes, packed]
    parts.push(...local)
    offset += Buffer.concat(local).length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(claimedEntries, 8)
  end.writeUInt16LE(claimedEntries, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}
