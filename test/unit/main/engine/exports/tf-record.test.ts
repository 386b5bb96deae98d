import { describe, expect, test } from 'vitest'
import { crc32c, tfRecord } from '../../../../../src/main/engine/exports/tf-record.ts'

describe('a TFRecord', () => {
  test("has the checksums of RFC 3720's own examples (appendix B.4)", () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e)
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
  })

  test('is the length, its checksum, the data and its checksum', () => {
    const record = tfRecord(Buffer.from('abc'))
    expect(record).toHaveLength(8 + 4 + 3 + 4)
    expect(record.readBigUInt64LE(0)).toBe(3n)
    expect(record.subarray(12, 15).toString()).toBe('abc')
  })
})
