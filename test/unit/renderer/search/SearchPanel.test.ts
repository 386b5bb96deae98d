// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import type { Engine } from '../../../../src/renderer/engine.ts'
import { useExplorer } from '../../../../src/renderer/explorer/explorer-state.ts'
import { PointSet } from '../../../../src/renderer/explorer/point-set.ts'
import SearchPanel from '../../../../src/renderer/search/SearchPanel.vue'
import { settle, testCount, trainedEngine, untrainedEngine, withEngine } from './engines.ts'

let wrapper: VueWrapper | undefined
let urls: Set<string>

beforeEach(() => {
  urls = new Set()
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    const url = `blob:${urls.size}-${Math.random()}`
    urls.add(url)
    return url
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(url => void urls.delete(url))
})
afterEach(() => {
  wrapper?.unmount()
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

function show(engine: Engine): VueWrapper {
  wrapper = mount(SearchPanel, { global: withEngine(engine), attachTo: document.body })
  return wrapper
}

/** As the explorer does. */
function selectIn(engine: Engine, indices: number[]): void {
  mount(
    defineComponent(() => {
      useExplorer().selected.value = PointSet.of(testCount, indices)
      return () => null
    }),
    { global: withEngine(engine) },
  ).unmount()
}

/** As a browser sends it: a drop's files are gone after the event. */
function send(
  type: 'drop' | 'paste' | 'dragenter' | 'dragleave',
  files: File[],
  target: EventTarget = document.body,
) {
  const carried = {
    files,
    types: files.length > 0 ? ['Files'] : ['text/plain'],
    items: files.map(() => ({ kind: 'file' })),
  }
  const event = new Event(type, { bubbles: true, cancelable: true })
  Object.assign(
    event,
    type === 'paste' ? { clipboardData: carried } : { dataTransfer: carried, relatedTarget: null },
  )
  target.dispatchEvent(event)
  return event
}

const png = (name = 'mine.png', length = 30) => new File([new Uint8Array(length)], name)

describe('search panel', () => {
  it('says before any training what to do', async () => {
    const { engine } = await untrainedEngine()
    const panel = show(engine)
    expect(panel.text()).toContain('Press Train first')
    send('drop', [png()])
    await settle()
    expect(panel.get('[role=alert]').text()).toContain('press Train first')
  })

  it('finds nine neighbours of a random image, and of a neighbour that is chosen', async () => {
    const { engine } = await trainedEngine()
    const panel = show(engine)
    await panel.get('button[title="Random test image (R)"]').trigger('click')
    await settle()
    const tiles = panel.findAll('ol li[data-rank] button')
    expect(tiles).toHaveLength(9)
    expect(tiles[0]?.attributes('aria-label')).toMatch(/^1: class \d, distance [\d.]+, test image \d+$/)
    const index = tiles[4]?.attributes('aria-label')?.match(/\d+$/)?.[0]
    await tiles[4]?.trigger('click')
    await settle()
    expect(panel.text()).toContain(`Test image ${index}`)
  })

  it('takes a picture that is dropped anywhere, and shows it once the engine has accepted it', async () => {
    const { engine } = await trainedEngine()
    const panel = show(engine)
    const event = send('drop', [png()])
    expect(event.defaultPrevented).toBe(true)
    expect(urls.size).toBe(0)
    await settle()
    expect(panel.text()).toContain('mine.png')
    expect(panel.get('img').attributes('src')).toBe([...urls][0])
    expect(panel.findAll('ol[aria-label="How it was prepared"] li').length).toBeGreaterThan(0)
  })

  it('gives the picture back when another query comes, and when it closes', async () => {
    const { engine } = await trainedEngine()
    const panel = show(engine)
    send('drop', [png()])
    await settle()
    send('drop', [png('other.png', 40)])
    await settle()
    expect(urls.size).toBe(1)
    panel.unmount()
    wrapper = undefined
    expect(urls.size).toBe(0)
  })

  it('takes a picture that is pasted, but leaves text in a text field alone', async () => {
    const { engine } = await trainedEngine()
    const panel = show(engine)
    const field = document.body.appendChild(document.createElement('input'))
    expect(send('paste', [], field).defaultPrevented).toBe(false)
    send('paste', [png('pasted.png')])
    await settle()
    expect(panel.text()).toContain('pasted.png')
  })

  it.each([
    ['201 files', Array.from({ length: 201 }, (_, i) => png(`${i}.png`)), 'At most 200 get a row each'],
    ['text', [], 'That is not a file'],
    ['an empty file', [png('empty.png', 0)], 'empty.png: it is empty.'],
  ])('answers a drop of %s with a sentence and goes on', async (_, files, sentence) => {
    const { engine } = await trainedEngine()
    const panel = show(engine)
    send('drop', files)
    await settle()
    expect(panel.get('[role=alert]').text()).toContain(sentence)
    expect(panel.find('img').exists()).toBe(false)
    expect(urls.size).toBe(0)
    send('drop', [png()])
    await settle()
    expect(panel.find('[role=alert]').exists()).toBe(false)
    expect(panel.text()).toContain('mine.png')
  })

  it('gives several pictures a row each, and searches them again where one searches elsewhere', async () => {
    const { engine } = await trainedEngine()
    const panel = show(engine)
    send('drop', [png('a.png', 31), png('empty.png', 0), png('b.png', 32)])
    await settle()
    await settle()
    const rows = () => panel.findAll('ul[aria-label="Pictures brought at once"] > li')
    expect(rows().map(row => row.get('strong').text())).toEqual(['a.png', 'empty.png', 'b.png'])
    expect(rows()[0]?.findAll('ol button')).toHaveLength(9)
    expect(rows()[1]?.text()).toContain('it is empty')
    const folds = panel.findAll('h3 button')
    await folds.find(fold => fold.text().startsWith('What is searched'))?.trigger('click')
    await panel.get('button[aria-label="Class 3"]').trigger('click')
    await settle()
    await settle()
    const labels = rows()[0]!
      .findAll('ol button')
      .map(button => button.attributes('aria-label'))
    expect(labels).toHaveLength(9)
    for (const label of labels) expect(label).toContain('class 3')
    await rows()[2]?.get('button.query').trigger('click')
    await settle()
    expect(panel.get('.words strong').text()).toBe('b.png')
  })

  it('searches by the mean of what is selected', async () => {
    const { engine } = await trainedEngine()
    const panel = show(engine)
    const mean = () => panel.findAll('button').find(button => button.text().includes('selection’s mean'))
    expect(mean()).toBeUndefined()
    selectIn(engine, [3, 5, 8])
    await settle()
    await mean()?.trigger('click')
    await settle()
    expect(panel.get('.words strong').text()).toBe('Mean of 3 test images')
  })

  it('explains at W why the neighbour with the focus is near', async () => {
    const { engine } = await trainedEngine()
    const panel = show(engine)
    await panel.trigger('keydown', { key: 'r' })
    await settle()
    await panel.get('[data-rank="3"] button').trigger('keydown', { key: 'w' })
    await settle()
    const why = panel.get('section[aria-label="Why are they near?"]')
    expect(why.text()).toMatch(/They fall [\d.]+ apart\./)
    expect((why.get('select').element as HTMLSelectElement).value).toBe('2')
  })

  it('says over the whole window what a drop will do, until the files leave it', async () => {
    const { engine } = await trainedEngine()
    show(engine)
    send('dragenter', [png()])
    await settle()
    expect(document.body.textContent).toContain('Drop a picture to search')
    send('dragleave', [png()])
    await settle()
    expect(document.body.textContent).not.toContain('Drop a picture to search')
  })

  it('goes back and forward with Alt and the arrows, and takes R for random only where the focus is on images', async () => {
    const { engine } = await trainedEngine()
    const panel = show(engine)
    const name = () => panel.get('.words strong').text()
    await panel.trigger('keydown', { key: 'r' })
    await settle()
    const first = name()
    await panel.trigger('keydown', { key: 'R' })
    await settle()
    expect(name()).not.toBe(first)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true }))
    await settle()
    expect(name()).toBe(first)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'r' }))
    await settle()
    expect(name()).toBe(first)
  })
})

describe('comparison', () => {
  async function showComparison() {
    const trained = await trainedEngine()
    const panel = show(trained.engine)
    await panel.get('[role=tab]:nth-child(2)').trigger('mousedown', { button: 0 })
    await settle()
    return { ...trained, panel, slots: panel.findAll('[data-slot]') }
  }

  it('judges two images by a threshold that can be moved and put back', async () => {
    const { engine, panel, slots } = await showComparison()
    engine.training.value = {
      ...engine.training.value,
      quality: { knnAccuracy: 0.8, precisionAt9: 0.7, auc: 0.9, eer: 0.1, eerThreshold: 0.2 },
    }
    for (const slot of slots) {
      await slot.get('button[title="Random test image"]').trigger('click')
      await settle()
    }
    const verdict = () => panel.get('.verdict strong').text()
    const slider = panel.get<HTMLInputElement>('input[type=range]')
    expect(slider.element.valueAsNumber).toBeCloseTo(0.2, 2)
    await slider.setValue(slider.attributes('max'))
    expect(verdict()).toMatch(/^Similar/)
    await slider.setValue('0')
    expect(verdict()).toMatch(/^Dissimilar/)
    const back = panel.findAll('button').find(button => button.text() === 'Back to the preset')
    await back?.trigger('click')
    expect(panel.get<HTMLInputElement>('input[type=range]').element.valueAsNumber).toBeCloseTo(0.2, 2)
  })

  it('puts a picture into the slot it is dropped on', async () => {
    const { slots } = await showComparison()
    send('drop', [png('second.png')], slots[1]?.element)
    await settle()
    expect(slots[1]?.text()).toContain('second.png')
    expect(slots[0]?.text()).not.toContain('second.png')
  })
})
