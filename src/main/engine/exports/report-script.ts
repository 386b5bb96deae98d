/**
 * What the page's points do: the nearest to the pointer, or the one that the keys have moved to, shows its image and says
 * what it is. It has what it needs in the page, as JSON, and writes texts as text. Plain JavaScript, since it is the page's.
 */
export const reportScript = `
'use strict'
const { classes, images, labels, named, thumbs } = JSON.parse(document.getElementById('points').textContent)
const plot = document.querySelector('.plot')
const svg = plot.querySelector('svg')
const card = document.getElementById('card')
const ring = document.getElementById('ring')
const said = document.getElementById('said')
const onlyWrong = document.querySelector('.mistakes input')
const marks = [...svg.querySelectorAll('use')]
const xs = marks.map(mark => Number(mark.getAttribute('x')))
const ys = marks.map(mark => Number(mark.getAttribute('y')))
const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number)
const scale = () => svg.getBoundingClientRect().width / width
let current = -1
// Points that are faded out are passed over.
const counts = i => !onlyWrong.checked || named[i] !== labels[i]

const is = i => classes[labels[i]] + ', test image ' + images[i]
const says = i => named[i] === labels[i] ? 'its neighbours name it rightly' : 'its neighbours name it ' + (classes[named[i]] ?? 'nothing')

function show(i) {
  card.hidden = i < 0
  ring.setAttribute('visibility', i < 0 ? 'hidden' : 'visible')
  if (i < 0) return
  ring.setAttribute('cx', xs[i])
  ring.setAttribute('cy', ys[i])
  const [what, verdict] = card.querySelectorAll('span')
  what.textContent = is(i)
  verdict.textContent = says(i)
  const thumb = card.querySelector('.thumb')
  if (thumb) thumb.style.backgroundPosition = -(i % thumbs.columns) * thumbs.width + 'px ' + -Math.floor(i / thumbs.columns) * thumbs.height + 'px'
  const [x, y] = [xs[i] * scale(), ys[i] * scale()]
  const beside = x + 16 + card.offsetWidth > svg.clientWidth ? x - 16 - card.offsetWidth : x + 16
  card.style.left = Math.max(0, beside) + 'px'
  card.style.top = Math.max(0, Math.min(svg.clientHeight - card.offsetHeight, y - card.offsetHeight / 2)) + 'px'
}

function nearest(x, y, far, lies) {
  let found = -1
  let least = far * far
  for (let i = 0; i < xs.length; i++) {
    const [dx, dy] = [xs[i] - x, ys[i] - y]
    const distance = dx * dx + dy * dy
    if (distance < least && counts(i) && lies(dx, dy)) [found, least] = [i, distance]
  }
  return found
}
const anywhere = () => true

function inOrder(from, step) {
  for (let i = 1; i <= xs.length; i++) {
    const at = (from + i * step + 2 * xs.length) % xs.length
    if (counts(at)) return at
  }
  return -1
}

const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
function target(key) {
  if (key === 'Home') return inOrder(-1, 1)
  if (key === 'End') return inOrder(xs.length, -1)
  if (current < 0) return nearest(width / 2, height / 2, Infinity, anywhere)
  if (key === 'PageDown') return inOrder(current, 1)
  if (key === 'PageUp') return inOrder(current, -1)
  const [right, down] = ways[key]
  return nearest(xs[current], ys[current], Infinity, (dx, dy) => {
    const along = dx * right + dy * down
    return along > 0 && Math.abs(dx * down) + Math.abs(dy * right) <= along
  })
}

function go(i) {
  current = i
  show(i)
  said.textContent = is(i) + ', ' + says(i)
}

plot.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Escape') {
    current = -1
    show(-1)
    said.textContent = ''
  } else if (event.key in ways || ['Home', 'End', 'PageUp', 'PageDown'].includes(event.key)) {
    event.preventDefault()
    const i = target(event.key)
    if (i < 0) said.textContent = 'No image lies that way.'
    else go(i)
  }
})
plot.addEventListener('focus', () => {
  const i = current < 0 ? target('') : current
  if (i >= 0 && plot.matches(':focus-visible')) go(i)
})
plot.addEventListener('blur', () => show(-1))
onlyWrong.addEventListener('change', () => {
  current = -1
})
plot.addEventListener('pointermove', event => {
  const { left, top } = svg.getBoundingClientRect()
  const i = nearest((event.clientX - left) / scale(), (event.clientY - top) / scale(), 14 / scale(), anywhere)
  show(i)
  if (i >= 0) current = i
})
plot.addEventListener('pointerleave', () => show(document.activeElement === plot ? current : -1))
`
