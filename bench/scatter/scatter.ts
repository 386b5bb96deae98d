/**
 * The scatter beside its peers in a real browser: first picture, frames of a scripted pan and zoom, and memory, at 5,000,
 * 60,000 and 1,000,000 points. Run: npm run bench:scatter, or with --quick, --rounds N, --points N,...
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BuiltPage } from '../../test/support/built-page.ts'
import type { Contender, Figure } from '../figure.ts'
import { describeMachine, loadNow } from '../machine.ts'
import { busyShare, waitForOthers } from '../quiet.ts'
import { figureTable } from '../report.ts'
import { saveResults } from '../results.ts'
import { interleave, type Player, sentenceOf } from '../rounds.ts'
import { servePage } from './pages.ts'
import { installPeer, type ScatterPeer } from './peers.ts'
import { type Turn, takeTurn } from './turn.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    points: { type: 'string', default: '5000,60000,1000000' },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(options.rounds)
const leastMs = options.quick ? 1500 : 4000
const started = performance.now()
const say = (sentence: string): void =>
  console.log(`[${((performance.now() - started) / 1000).toFixed(0)} s] ${sentence}`)

/** A contender's page, or why there is none. */
interface Stand {
  readonly name: string
  readonly url: string | Error
}

const versions: Record<string, string> = {}
const pages: BuiltPage[] = []
const scratch = join(import.meta.dirname, '../../build/bench/scatter')
await mkdir(scratch, { recursive: true })

async function standOf(peer: ScatterPeer, page: string): Promise<Stand> {
  try {
    const installed = await installPeer(peer, say)
    Object.assign(versions, installed.versions)
    const built = await servePage(page, installed.folder, scratch)
    pages.push(built)
    return { name: peer, url: `${built.url}${page}.html` }
  } catch (error) {
    return { name: peer, url: new Error(sentenceOf(error)) }
  }
}

const ours = await servePage('ours', null, scratch)
pages.push(ours)
const stands: Stand[] = [
  { name: 'Twinlens, as the window draws here', url: `${ours.url}ours.html` },
  { name: 'Twinlens, WebGL2', url: `${ours.url}ours.html?kind=webgl` },
  await standOf('deck.gl', 'deck'),
  await standOf('regl-scatterplot', 'regl'),
  await standOf('embedding-atlas', 'atlas'),
]

/** Every contender's turns with so many points, and what they say of first picture, frames and memory. */
async function figuresOf(points: number): Promise<Figure[]> {
  const turns = new Map<string, Turn[]>(stands.map(({ name }) => [name, []]))
  const players = stands.map(
    ({ name, url }): Player => ({
      name,
      take: async (_, over) => {
        if (url instanceof Error) throw url
        const turn = await takeTurn(url, points, leastMs, over)
        turns.get(name)?.push(turn)
        return turn.frameMs
      },
    }),
  )
  const frames = await interleave(players, rounds)
  const of = (what: (turn: Turn) => number) =>
    frames.map(
      (contender): Contender =>
        'unavailable' in contender
          ? contender
          : { ...contender, samples: (turns.get(contender.name) ?? []).map(what) },
    )
  const many = points.toLocaleString('en')
  return [
    {
      id: `scatter/${points}/first`,
      title: `First picture of ${many} points`,
      unit: 'ms',
      contenders: of(turn => turn.firstDrawMs),
    },
    {
      id: `scatter/${points}/frame`,
      title: `A frame of pan and zoom, ${many} points`,
      unit: 'ms',
      contenders: frames,
    },
    {
      id: `scatter/${points}/memory`,
      title: `Most memory with ${many} points`,
      unit: 'MB',
      contenders: of(turn => turn.memoryMB),
    },
  ]
}

waitForOthers(options.quick ? 5000 : 180_000)
const load = loadNow()
const before = await busyShare(1000)
const figures: Figure[] = []
try {
  for (const points of options.points.split(',').map(Number)) {
    say(`${points.toLocaleString('en')} points`)
    for (const figure of await figuresOf(points)) {
      figures.push(figure)
      console.log(`\n${figureTable(figure)}\n`)
    }
  }
} finally {
  for (const page of pages) await page.close()
  await rm(scratch, { recursive: true })
}
const machine = describeMachine(versions, { busy: { before, after: await busyShare(1000) }, load })
const made = new Date().toISOString()
say(
  `The results are in ${await saveResults({ made, quick: options.quick, rounds, machine, figures, targets: [] })}`,
)
if (options.write) {
  const list = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`)
  const text = `# The scatter beside its peers

Written by \`npm run bench:scatter -- --write\` on ${made.slice(0, 10)}: medians with quartiles of ${rounds} rounds, in every one of which
each has its turn in a browser of its own (Chromium, ${'1200 x 700'} CSS px, its graphics card played by the processor). Ratios are ours over
theirs, below 1 we are ahead. Everybody draws the same points with the same radius and opacity.

${machine.processor}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}. ${list.join(', ')}.

${figures.map(figureTable).join('\n\n')}
`
  await writeFile(join(import.meta.dirname, '../../docs/bench-scatter.md'), text)
}
