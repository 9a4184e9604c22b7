import { loadCatalogue, type Model } from './catalogue'
import { COUNTS, readChoice, samplerOf, solversOf, wholeOf, writeChoice, type Choice } from './choice'
import { draw, toPixels, toPlace, type Look } from './draw'
import { Engine } from './engine'
import { priorNoise } from './noise'
import { Player } from './player'
import { csvOf, gifOf, pngOf, saveBlob } from './save'
import { createScene, framesOf, lattice, momentAt, nearest, pointAt, timestepAt, type Field, type Path, type Scene } from './scene'

const PLAY_SECONDS = 5
/** The side of the picture for which widths and letters are given, and how small they may become on a small screen. */
const DESIGN_SIZE = 480
const LEAST_UNIT = 0.9
const FIELD_SIDE = 24
/** How near to the ring a press takes hold of it, in pixels of the page. */
const GRIP = 16
/** How far an arrow key moves the noise, in deviations; with Shift a tenth of it. */
const KEY_STEP = 0.1

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const canvas = element<HTMLCanvasElement>('canvas')
const context = canvas.getContext('2d')!
const time = element<HTMLInputElement>('time')
const status = element('status')
const darkness = matchMedia('(prefers-color-scheme: dark)')

const engine = new Engine()
const player = new Player(PLAY_SECONDS, moved)
let models: Model[] = []
let choice: Choice
let scene: Scene | null = null
let noise: Float32Array = new Float32Array()
let path: Path | null = null
let field: Field | null = null
let run = 0

start().catch(fail)

async function start() {
  models = await loadCatalogue()
  choice = readChoice(models, location.hash)
  element('models').replaceChildren(...models.map(({ name }) => radio(name)))
  fill('count', COUNTS)
  for (const id of ['models', 'solver', 'steps', 'count', 'seed']) {
    element(id).addEventListener('change', chosen)
  }

  element('controls').addEventListener('submit', event => event.preventDefault())
  element('again').addEventListener('click', () => choose({ ...choice, seed: Math.floor(Math.random() * 1e6) }))
  element('play').addEventListener('click', () => player.toggle())
  time.addEventListener('input', () => player.seek(time.valueAsNumber))
  for (const id of ['angle', 'trails', 'field']) {
    element(id).addEventListener('change', moved)
  }

  darkness.addEventListener('change', moved)
  new ResizeObserver(moved).observe(canvas)
  window.addEventListener('hashchange', () => location.hash !== writeChoice(choice) && choose(readChoice(models, location.hash)))
  listenToCanvas()
  listenToSaving()
  await choose(choice)
}

/** Reads the controls after one of them has changed. */
function chosen() {
  const model = models.find(({ name }) => name === document.querySelector<HTMLInputElement>('#models :checked')?.value)!
  void choose({
    model,
    sampler: samplerOf(model, element<HTMLSelectElement>('solver').value, Number(element<HTMLSelectElement>('steps').value)),
    count: Number(element<HTMLSelectElement>('count').value),
    // What is no seed is passed over; the field then shows the last one again.
    seed: wholeOf(element<HTMLInputElement>('seed').value) ?? choice.seed,
  })
}

/** Runs what was chosen; an older run that is still under way is forgotten. */
async function choose(wanted: Choice) {
  choice = wanted
  showChoice()
  const mine = ++run
  const { model, sampler, count, seed } = choice
  say(`${sampler.solver}, ${sampler.steps} steps: running …`)
  try {
    const { values, milliseconds } = await engine.draw(sampler, seed, count)
    if (mine !== run) {
      return
    }

    ;[noise, scene, field] = [priorNoise(seed, 0, count), createScene(model, sampler, seed, count, values), null]
    say(`${count} points, ${sampler.rows} network evaluations, ${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms in this browser`)
    document.body.dataset.run = writeChoice(choice)
    if (path !== null) {
      await follow(path.index < count ? path.index : 0)
    }

    moved()
  } catch (error) {
    fail(error)
  }
}

function showChoice() {
  const { model, sampler, count, seed } = choice
  document.querySelectorAll<HTMLInputElement>('#models input').forEach(input => (input.checked = input.value === model.name))
  fill('solver', solversOf(model), sampler.solver)
  fill('steps', model.samplers.filter(({ solver }) => solver === sampler.solver).map(({ steps }) => steps), sampler.steps)
  element<HTMLSelectElement>('count').value = String(count)
  element<HTMLInputElement>('seed').value = String(seed)
  element<HTMLInputElement>('trails').disabled = sampler.stochastic
  history.replaceState(null, '', writeChoice(choice))
}

/** Draws anew, once for each frame of the screen. */
let isDue = false
function moved() {
  if (!isDue) {
    isDue = true
    requestAnimationFrame(() => {
      isDue = false
      show()
    })
  }
}

function show() {
  if (scene === null) {
    return
  }

  const position = player.position * (framesOf(scene) - 1)
  element('play').textContent = player.isPlaying ? 'Pause' : 'Play'
  time.value = String(player.position)
  const moment = momentAt(scene, position)
  time.ariaValueText = moment
  canvas.ariaLabel = `${scene.n} points of ${scene.model.name} between noise and data, ${moment}`

  const pixels = Math.round(canvas.clientWidth * devicePixelRatio)
  if (canvas.width !== pixels) {
    canvas.width = canvas.height = pixels
  }

  draw(context, pixels, scene, position, look())
  updateField(position)
}

const isChecked = (id: string) => element<HTMLInputElement>(id).checked
const unit = () => devicePixelRatio * Math.max(canvas.clientWidth / DESIGN_SIZE, LEAST_UNIT)
const look = (): Look => ({ unit: unit(), dark: darkness.matches, colouring: isChecked('angle') ? 'angle' : 'one', trails: isChecked('trails'), field, path })

/** Asks for the field of the moment shown, one question at a time. */
let askedFor: number | null = null
let isAsking = false
function updateField(position: number) {
  if (!isChecked('field')) {
    if (field !== null) {
      field = null
      moved()
    }

    askedFor = null
    return
  }

  const current = scene!
  const index = timestepAt(current, position)
  if (isAsking || (askedFor === index && field !== null)) {
    return
  }

  isAsking = true
  askedFor = index
  const points = lattice(current, FIELD_SIDE)
  engine.field(current.model, points, index)
    .then(directions => {
      field = current === scene ? { points, directions } : null
    }, fail)
    .finally(() => {
      isAsking = false
      moved()
    })
}

/** Shows the way of one point, with the noise that it has now. */
let isFollowing = false
let wantsFollowing: number | null = null
async function follow(index: number) {
  wantsFollowing = index
  if (isFollowing) {
    return
  }

  isFollowing = true
  try {
    while (wantsFollowing !== null) {
      // By what is shown, not by what was chosen: a new run may still be under way.
      const { sampler, seed, n }: Scene = scene!
      const next: number = Math.min(wantsFollowing, n - 1)
      wantsFollowing = null
      path = { index: next, points: (await engine.follow(sampler, noise.slice(next * 2, next * 2 + 2), seed, next)).values }
      moved()
    }
  } catch (error) {
    fail(error)
  } finally {
    isFollowing = false
  }
}

/** Moves the noise of the followed point to a place in the units of the data. */
function moveNoise([x, y]: [number, number]) {
  const { shift, scale } = scene!.model
  const limit = scene!.extent
  const within = (value: number) => Math.min(limit, Math.max(-limit, value))
  noise.set([within((x - shift[0]) / scale[0]), within((y - shift[1]) / scale[1])], path!.index * 2)
  void follow(path!.index)
}

function listenToCanvas() {
  let isDragging = false
  const placeOf = ({ offsetX, offsetY }: PointerEvent) => toPlace(scene!, canvas.clientWidth, [offsetX, offsetY])
  canvas.addEventListener('pointerdown', event => {
    if (scene === null) {
      return
    }

    if (path !== null) {
      const [left, top] = toPixels(scene, canvas.clientWidth, pointAt(path.points, 1, 0, 0))
      isDragging = Math.hypot(left - event.offsetX, top - event.offsetY) <= GRIP
    }

    if (isDragging) {
      canvas.setPointerCapture(event.pointerId)
    } else {
      void follow(nearest(scene, player.position * (framesOf(scene) - 1), placeOf(event)))
    }
  })
  canvas.addEventListener('pointermove', event => isDragging && path !== null && moveNoise(placeOf(event)))
  for (const end of ['pointerup', 'pointercancel'] as const) {
    canvas.addEventListener(end, () => (isDragging = false))
  }

  canvas.addEventListener('keydown', event => {
    if (scene === null || event.ctrlKey || event.altKey || event.metaKey) {
      return
    }

    const directions: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
    const direction = directions[event.key]
    if (direction !== undefined && path !== null) {
      const step = KEY_STEP * (event.shiftKey ? 0.1 : 1)
      const [x, y] = pointAt(path.points, 1, 0, 0)
      const { scale } = scene.model
      moveNoise([x + direction[0] * step * scale[0], y + direction[1] * step * scale[1]])
    } else if (event.key.toLowerCase() === 'n') {
      void follow(path === null ? 0 : (path.index + 1) % scene.n)
    } else if (event.key === 'Escape') {
      path = null
      moved()
    } else if (event.key === ' ') {
      player.toggle()
    } else {
      return
    }

    event.preventDefault()
  })
}

function listenToSaving() {
  const name = (ending: string) => `${choice.model.name}-${choice.sampler.solver}-${choice.sampler.steps}.${ending}`
  const onClick = (id: string, make: (scene: Scene) => Promise<Blob> | Blob, ending: string) => {
    const button = element<HTMLButtonElement>(id)
    button.addEventListener('click', async () => {
      if (scene === null) {
        return
      }

      button.disabled = true
      try {
        saveBlob(await make(scene), name(ending))
        say(`${name(ending)} saved`)
      } catch (error) {
        fail(error)
      } finally {
        button.disabled = false
      }
    })
  }

  onClick('save-csv', csvOf, 'csv')
  onClick('save-png', shown => pngOf(shown, player.position * (framesOf(shown) - 1), look()), 'png')
  onClick('save-gif', shown => gifOf(shown, look(), share => say(`Drawing the GIF: ${Math.round(100 * share)} %`)), 'gif')
}

function radio(name: string): HTMLLabelElement {
  const label = document.createElement('label')
  const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'model', value: name })
  label.append(input, name)
  return label
}

function fill(id: string, values: (string | number)[], selected?: string | number) {
  const select = element<HTMLSelectElement>(id)
  select.replaceChildren(...values.map(value => new Option(String(value), String(value), false, value === selected)))
}

function say(text: string) {
  status.classList.remove('error')
  status.textContent = text
}

function fail(error: unknown) {
  status.classList.add('error')
  status.textContent = error instanceof Error ? error.message : String(error)
}
