/**
 * Writes into a PNG how large it is meant to be, so that a word processor or LaTeX does not take it for a poster.
 * The chunk is put behind the header, where it must stand: https://www.w3.org/TR/png-3/#11pHYs
 * @param dpi dots per inch
 */
export async function withResolution(png: Blob, dpi: number): Promise<Blob> {
  const perMetre = Math.round(dpi / 0.0254)
  const chunk = new Uint8Array(21)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, 9)
  chunk.set([0x70, 0x48, 0x59, 0x73], 4) // pHYs
  view.setUint32(8, perMetre)
  view.setUint32(12, perMetre)
  chunk[16] = 1 // per metre
  view.setUint32(17, crc32(chunk.subarray(4, 17)))
  return new Blob([png.slice(0, afterHeader), chunk, png.slice(afterHeader)], { type: 'image/png' })
}

/** Signature, 8 bytes, and the header's chunk, 25. */
const afterHeader = 33

/** ISO 3309's, as PNG takes it: https://www.w3.org/TR/png-3/#D-CRCAppendix */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
