/** Hands a file to the person's download folder. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The click has started the download; the address is no longer needed when the browser has begun to read.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
