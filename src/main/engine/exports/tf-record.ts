/** CRC-32C (Castagnoli, RFC 3720 appendix B.4), a byte at a time. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  return crc
})

export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 255] as number)
  return ~crc >>> 0
}

/** Turned and shifted, since a checksum of data that holds checksums says less (tensorflow/core/lib/hash/crc32c.h). */
function masked(bytes: Uint8Array): number {
  const crc = crc32c(bytes)
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

/** One record of a TFRecord file (tensorflow.org/tutorials/load_data/tfrecord): length, checksum, data, checksum. */
export function tfRecord(data: Uint8Array): Buffer {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(data.length))
  const checks = Buffer.alloc(8)
  checks.writeUInt32LE(masked(length), 0)
  checks.writeUInt32LE(masked(data), 4)
  return Buffer.concat([length, checks.subarray(0, 4), data, checks.subarray(4)])
}
