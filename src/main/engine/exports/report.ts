import { createHash } from 'node:crypto'
import type { SavedQuality } from '../runs/run-config.ts'
import type { Run } from '../runs/run-folder.ts'
import { escapeHtml, lossPlot, mostPoints, pointPlot } from './report-plots.ts'

const style = `
:root { color-scheme: light dark; --ink: #191c23; --quiet: #586070; --page: #fff; --line: #868d9b; --accent: #4451d3 }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e9ef; --quiet: #a2a9b7; --page: #1c1f26; --accent: #8b98ff } }
@media print { :root { --ink: #000; --quiet: #333; --page: #fff; --accent: #4451d3 } section { break-inside: avoid } }
body { max-width: 760px; margin: 32px auto; padding: 0 20px; color: var(--ink); background: var(--page); font: 15px/1.5 system-ui, sans-serif }
h1 { font-size: 24px; line-height: 1.3 } h2 { margin-top: 32px; font-size: 17px } p { color: var(--quiet) }
table { border-collapse: collapse; width: 100% } th, td { padding: 4px 8px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { width: 40%; font-weight: 500 }
svg { width: 100%; height: auto } text { fill: var(--ink); stroke: var(--page); stroke-width: 3px; paint-order: stroke; font-weight: 600; text-anchor: middle }
.line { fill: none; stroke: var(--accent); stroke-width: 1.5 } .axis { fill: none; stroke: var(--line) }
text.scale { fill: var(--quiet); font-size: 13px; font-weight: 400; text-anchor: start } text.end { text-anchor: end }
circle:hover { stroke: var(--ink); stroke-width: 2 }
`

/**
 * A page that tells of a run by itself: no script, nothing fetched, and a policy that forbids both. What a class or data
 * set is called is text and nothing else.
 */
export function toReport(run: Run): Buffer {
  const { name, created, data, hyperparameters, quality, iterations, trainingSeconds, backend } = run.config
  const hash = createHash('sha256').update(style).digest('base64')
  const { count, size } = run.test.embedding
  const about = [
    size === 2 ? '' : ` The first two of ${size} features are drawn.`,
    count > mostPoints ? ` Of ${count} images ${mostPoints}, evenly spread, are shown.` : '',
  ].join('')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'`
  return Buffer.from(`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width"><title>${escapeHtml(name)} · Twinlens</title>
<style>${style}</style></head><body><main>
<h1>${escapeHtml(name)}</h1>
<p>${iterations} iterations in ${trainingSeconds.toFixed(1)} s, ${escapeHtml(created)}, on ${escapeHtml(backend.device)} (${escapeHtml(backend.description)}).</p>
${section('Quality', table(named(quality)))}
${section('Where the test images fall', `${pointPlot(run)}<p>Near means alike. Point at an image for its class and number.${about}</p>`)}
${section('Loss', lossPlot(run.losses))}
${section('Hyperparameters', table(hyperparameters))}
${section(
  'Images',
  table({
    'data set': data.name,
    classes: data.classes.join(', '),
    'training images': run.train.embedding.count,
    'test images': count,
    size: `${data.width} x ${data.height}, ${data.channels === 1 ? 'grey' : 'colour'}`,
    fingerprint: data.fingerprint,
  }),
)}
</main></body></html>
`)
}

const named = ({ knnAccuracy, precisionAt9, auc, eer, eerThreshold }: SavedQuality) => ({
  '5-NN accuracy': knnAccuracy,
  'Precision at 9': precisionAt9,
  'Verification AUC': auc,
  'Equal error rate': eer,
  'Distance at the equal error rate': eerThreshold,
})

const section = (heading: string, content: string): string =>
  `<section><h2>${heading}</h2>${content}</section>`

const words = (key: string): string => key.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

function table(entries: Readonly<Record<string, unknown>>): string {
  const rows = Object.entries(entries).map(([key, value]) => {
    const text = typeof value === 'number' ? `${Number(value.toPrecision(6))}` : `${value ?? 'not measured'}`
    return `<tr><th scope="row">${escapeHtml(words(key))}</th><td>${escapeHtml(text)}</td></tr>`
  })
  return `<table>${rows.join('')}</table>`
}
