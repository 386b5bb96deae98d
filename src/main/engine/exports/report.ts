import { createHash } from 'node:crypto'
import {
  counts,
  defaults,
  fieldList,
  fields,
  type HyperparameterName,
} from '../../../shared/hyperparameters.ts'
import { valueText } from '../../../shared/run-differences.ts'
import { analyse } from '../analysis/analyse.ts'
import type { RunConfig, SavedQuality } from '../runs/run-config.ts'
import type { Run } from '../runs/run-folder.ts'
import { lossChart, qualityChart } from './report-charts.ts'
import { confusion } from './report-confusion.ts'
import { escapeHtml, percent, section, table } from './report-html.ts'
import { legend, pointPlot, shownImages } from './report-points.ts'
import { reportScript } from './report-script.ts'
import { reportStyle } from './report-style.ts'
import { type Thumbnails, thumbnailsOf } from './report-thumbnails.ts'
import type { RunImages } from './run-images.ts'

/**
 * A page that tells of a run by itself: its style, its script and its images are within, by a policy that allows these
 * and nothing else.
 */
export async function toReport(run: Run, images: RunImages): Promise<Buffer> {
  const { name, created, iterations, trainingSeconds, backend } = run.config
  const { evaluations = [] } = run
  const { predicted } = await analyse(run.test.embedding, run.train)
  const shown = shownImages(run.test.embedding.count)
  const thumbnails = 'test' in images ? await thumbnailsOf(images.test, shown) : undefined
  const style = `${reportStyle}${thumbnails?.css ?? ''}`
  const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(reportScript)}; img-src data:; base-uri 'none'; form-action 'none'`
  const named = { classes: run.config.data.classes, labels: run.test.labels, predicted }
  return Buffer.from(`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width"><title>${escapeHtml(name)} · Twinlens</title>
<style>${style}</style></head><body><main>
<h1>${escapeHtml(name)}</h1>
<p>${iterations.toLocaleString('en')} iterations in ${trainingSeconds.toFixed(1)} s, ${created.slice(0, 16).replace('T', ' ')} UTC, on ${escapeHtml(backend.device)} (${escapeHtml(backend.description)}).</p>
${section('Quality', figures(run.config.quality))}
${section('Where the test images fall', points(run, shown, predicted, images, thumbnails))}
${section('What is taken for what', confusion(named))}
${section('Loss', lossChart(run.losses))}
${evaluations.length === 0 ? '' : section('Quality on the way', `${qualityChart(evaluations, iterations)}${aboutEvaluations(run.config)}`)}
${section('Hyperparameters', hyperparameters(run.config))}
${section('Images', aboutImages(run))}
</main><script>${reportScript}</script></body></html>
`)
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function figures({ knnAccuracy, precisionAt9, auc, eer, eerThreshold }: SavedQuality): string {
  const at = eerThreshold === null ? '' : ` It is at a distance of ${Number(eerThreshold.toPrecision(3))}.`
  const tiles = [
    [
      '5-NN accuracy',
      knnAccuracy,
      'of the test images are of the class of most of their 5 nearest training images.',
    ],
    ['Precision at 9', precisionAt9, 'of the 9 nearest other test images have the class of the image.'],
    ['Verification AUC', auc, 'of similar pairs lie nearer than a dissimilar pair does.'],
    ['Equal error rate', eer, `of similar and of dissimilar pairs are taken for the other.${at}`],
  ] as const
  const said = tiles.map(([name, share, what]) => {
    const value = share === null ? 'not measured' : percent(share)
    return `<div><dt>${name}</dt><dd>${value}</dd><dd>${what}</dd></div>`
  })
  return `<dl class="figures">${said.join('')}</dl>`
}

function aboutEvaluations({ evaluated }: RunConfig): string {
  if (evaluated === undefined) return ''
  const { on, best, stoppedEarly } = evaluated
  const sentences = [
    on === 'validation'
      ? '5-NN accuracy on images held out of the training.'
      : '5-NN accuracy on the test images.',
    best === null
      ? ''
      : `The run has the best network, that of iteration ${best.iteration.toLocaleString('en')}: ${percent(best.accuracy)}.`,
    stoppedEarly ? 'The training ended for want of a better one.' : '',
  ]
  return `<p>${sentences.join(' ').trim()}</p>`
}

function points(
  run: Run,
  shown: readonly number[],
  predicted: Uint16Array,
  images: RunImages,
  thumbnails: Thumbnails | undefined,
): string {
  const { count, size } = run.test.embedding
  const { classes } = run.config.data
  const about = [
    size > 2 ? `Of ${size} features the two directions of greatest spread are drawn.` : '',
    count > shown.length
      ? `Of ${count.toLocaleString('en')} images ${shown.length.toLocaleString('en')}, evenly taken, are shown.`
      : '',
    'missing' in images ? `The images themselves are not shown: ${images.missing}` : '',
  ].filter(sentence => sentence !== '')
  const { css: _, ...thumbs } = thumbnails ?? { css: '' }
  const data = {
    ...{ classes, images: shown, thumbs },
    labels: shown.map(index => run.test.labels[index]),
    named: shown.map(index => predicted[index]),
  }
  // Within a script element nothing ends it but "</script", whatever a class is called.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return `<p class="only-screen" id="keys">Near means alike. Point at an image, or use the arrow keys: they move to the nearest one that way; Page Up and Page Down go through all by number.</p>
<label class="mistakes only-screen"><input type="checkbox">Bring out those whose neighbours name them wrongly</label>
<div class="plot" tabindex="0" role="application" aria-label="Test images as points" aria-describedby="keys">${pointPlot({ run, shown, predicted })}<div id="card" hidden aria-hidden="true">${thumbnails === undefined ? '' : '<div class="thumb"></div>'}<span></span><span></span></div></div>
<p class="unseen" id="said" role="status"></p>${legend(classes)}${about.map(sentence => `<p>${escapeHtml(sentence)}</p>`).join('')}
<script type="application/json" id="points">${json}</script>`
}

function hyperparameters({ hyperparameters: values }: RunConfig): string {
  const rows = fieldList
    .filter(([name]) => counts(name, values))
    .map(([name, { label }]): [string, string] => {
      const [value, usual] = [shownValue(name, values[name]), shownValue(name, defaults[name])]
      const differs = value === usual ? '' : ` <small>the recipe has ${escapeHtml(usual)}</small>`
      return [escapeHtml(label), `${escapeHtml(value)}${differs}`]
    })
  return table(rows)
}

function shownValue(name: HyperparameterName, value: unknown): string {
  const field = fields[name]
  const option = 'options' in field ? field.options.find(one => one.value === value)?.label : undefined
  const unit = 'unit' in field ? ` ${field.unit}` : ''
  return `${option ?? valueText(value)}${unit}`
}

function aboutImages({ config: { data }, train, test }: Run): string {
  const rows = [
    ['Data set', data.name],
    ['Classes', namesOf(data.classes)],
    ['Training images', train.embedding.count.toLocaleString('en')],
    ['Test images', test.embedding.count.toLocaleString('en')],
    ['Size', `${data.width} × ${data.height}, ${data.channels === 1 ? 'grey' : 'in colour'}`],
    ['Fingerprint', data.fingerprint],
  ] as const
  return table(rows.map(([what, value]) => [what, escapeHtml(value)]))
}

/** Of 10,000 classes a page would hold nothing else. */
const mostNames = 60

function namesOf(classes: readonly string[]): string {
  const names = classes.slice(0, mostNames).join(', ')
  const more = classes.length - mostNames
  return more > 0 ? `${names} and ${more.toLocaleString('en')} more` : names
}
