/** Which of many equal lengths in a row are in sight, with a few before and after: from, to (exclusive). */
export function visibleRange(
  scrolled: number,
  length: number,
  each: number,
  count: number,
): { from: number; to: number } {
  const spare = 3
  const from = Math.max(0, Math.floor(scrolled / each) - spare)
  const to = Math.min(count, Math.ceil((scrolled + length) / each) + spare)
  return { from: Math.min(from, to), to }
}
