/** Rows under headings, columns as wide as their widest cell; numbers to the right. */
export function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [headings, ...rows].map(row => row.map(String))
  const widths = headings.map((_, column) => Math.max(...cells.map(row => (row[column] ?? '').length)))
  const rightward = headings.map((_, column) => rows.every(row => typeof row[column] === 'number'))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (rightward[i] === true ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  const [head = [], ...body] = cells
  return [line(head), widths.map(width => '-'.repeat(width)).join('  '), ...body.map(line)].join('\n')
}
