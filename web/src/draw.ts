import { framesOf, momentAt, placeOf, pointAt, shareOf, type Field, type Path, type Scene } from './scene'

/** What to draw besides the points. */
export interface Look {
  /** The pixels of the picture for one unit of line widths and letters. */
  unit: number
  dark: boolean
  colouring: 'angle' | 'one'
  trails: boolean
  field: Field | null
  path: Path | null
}

const HUES = 48
const TRAIL_FRAMES = 3
/** A path of more steps than this is drawn with a finer line. */
const FINE_PATH = 60
const FONT = 'system-ui, sans-serif'

const colours = (dark: boolean) => dark
  ? { paper: '#14171c', grid: '#2a2f38', muted: '#98a1ad', ink: '#eef1f5', point: '#56b4e9', arrow: '#e69f00', lightness: 0.74, chroma: 0.13 }
  : { paper: '#ffffff', grid: '#e4e8ed', muted: '#5b6470', ink: '#1f242b', point: '#0072b2', arrow: '#d55e00', lightness: 0.6, chroma: 0.14 }

/** Turns places of the data into pixels of a square picture; y goes up. */
export function toPixels(scene: Scene, size: number, place: [number, number]): [number, number] {
  const [u, v] = shareOf(scene, place)
  return [(1 + u) * size / 2, (1 - v) * size / 2]
}

/** Turns pixels of a square picture into places of the data. */
export const toPlace = (scene: Scene, size: number, [left, top]: [number, number]): [number, number] =>
  placeOf(scene, [2 * left / size - 1, 1 - 2 * top / size])

/** Draws one moment of a run into a square of `size` pixels. */
export function draw(context: CanvasRenderingContext2D, size: number, scene: Scene, position: number, look: Look) {
  const palette = colours(look.dark)
  context.fillStyle = palette.paper
  context.fillRect(0, 0, size, size)
  const labels = drawGrid(context, size, scene, look.unit, palette)
  if (look.field !== null) {
    drawField(context, size, scene, look.field, look.unit, palette)
  }

  drawPoints(context, size, scene, position, look, palette)
  if (look.path !== null) {
    drawPath(context, size, scene, position, look.path, look.unit, palette)
  }

  labels()
  drawTitle(context, size, scene, position, look.unit, palette)
}

type Palette = ReturnType<typeof colours>

/** Draws the lines; what it gives draws their numbers, above all else. */
function drawGrid(context: CanvasRenderingContext2D, size: number, scene: Scene, unit: number, palette: Palette): () => void {
  const [left, bottom] = placeOf(scene, [-1, -1])
  const [right, top] = placeOf(scene, [1, 1])
  const numbers: [string, number, number, CanvasTextAlign, CanvasTextBaseline][] = []
  context.lineWidth = unit
  context.strokeStyle = palette.grid
  for (const x of ticks(left, right)) {
    const [place] = toPixels(scene, size, [x, 0])
    line(context, [place, 0], [place, size])
    numbers.push([tickLabel(x), place, size - 5 * unit, 'center', 'bottom'])
  }

  for (const y of ticks(bottom, top)) {
    const [, place] = toPixels(scene, size, [0, y])
    line(context, [0, place], [size, place])
    numbers.push([tickLabel(y), 6 * unit, place, 'left', 'middle'])
  }

  return () => {
    context.font = `${11 * unit}px ${FONT}`
    for (const [text, x, y, align, baseline] of numbers) {
      // In the corners they would meet the title and each other.
      if (Math.min(align === 'center' ? x : y, size - (align === 'center' ? x : y)) > 30 * unit) {
        write(context, text, x, y, align, baseline, 3 * unit, palette.muted, palette.paper)
      }
    }
  }
}

/** Round numbers between two, ten of them at most: a power of ten apart, or twice or five times that. */
function ticks(low: number, high: number): number[] {
  const least = (high - low) / 10
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].map(factor => factor * power).find(length => length >= least)!
  const first = Math.ceil(low / step)
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, k) => (first + k) * step)
}

const tickLabel = (value: number) => String(Number(value.toPrecision(6))).replace('-', '−')

function drawField(context: CanvasRenderingContext2D, size: number, scene: Scene, field: Field, unit: number, palette: Palette) {
  // In units of the picture, so that an arrow points where it leads even if the axes differ.
  const { scale } = scene.model
  const along = (i: number): [number, number] => [field.directions[2 * i]! / scale[0], -field.directions[2 * i + 1]! / scale[1]]
  const count = field.points.length / 2
  const lengths = Array.from({ length: count }, (_, i) => Math.hypot(...along(i)))
  const median = lengths.toSorted((a, b) => a - b)[count >> 1]! || 1
  const cell = size / Math.sqrt(count)
  context.strokeStyle = palette.arrow
  context.globalAlpha = 0.55
  context.lineWidth = unit
  for (let i = 0; i < count; i++) {
    const length = lengths[i]!
    if (length === 0) {
      continue
    }

    // An arrow fits its cell however fast the flow is; half of the cell is the median.
    const reach = 0.9 * cell * length / (length + median)
    const [right, down] = along(i).map(part => part / length) as [number, number]
    const [left, top] = toPixels(scene, size, [field.points[2 * i]!, field.points[2 * i + 1]!])
    const tail: [number, number] = [left - right * reach / 2, top - down * reach / 2]
    const tip: [number, number] = [left + right * reach / 2, top + down * reach / 2]
    line(context, tail, tip)
    const head = 0.35 * reach
    for (const side of [-1, 1]) {
      line(context, tip, [tip[0] - head * (0.87 * right - side * 0.5 * down), tip[1] - head * (0.87 * down + side * 0.5 * right)])
    }
  }

  context.globalAlpha = 1
}

function drawPoints(context: CanvasRenderingContext2D, size: number, scene: Scene, position: number, look: Look, palette: Palette) {
  const radius = look.unit * (scene.n > 2000 ? 1.5 : 2.1)
  const groups = look.colouring === 'one' ? [Array.from({ length: scene.n }, (_, i) => i)] : byAngle(scene)
  groups.forEach((group, hue) => {
    const colour = look.colouring === 'one' ? palette.point : `oklch(${palette.lightness} ${palette.chroma} ${360 * hue / HUES})`
    context.fillStyle = colour
    context.strokeStyle = colour
    if (look.trails && !scene.sampler.stochastic && position > 0) {
      context.globalAlpha = 0.25
      context.lineWidth = radius
      context.beginPath()
      for (const i of group) {
        context.moveTo(...toPixels(scene, size, pointAt(scene.trajectory, scene.n, i, Math.max(0, position - trailLength(scene)))))
        context.lineTo(...toPixels(scene, size, pointAt(scene.trajectory, scene.n, i, position)))
      }

      context.stroke()
    }

    context.globalAlpha = 0.8
    context.beginPath()
    for (const i of group) {
      const [left, top] = toPixels(scene, size, pointAt(scene.trajectory, scene.n, i, position))
      context.moveTo(left + radius, top)
      context.arc(left, top, radius, 0, 2 * Math.PI)
    }

    context.fill()
    context.globalAlpha = 1
  })
}

function drawPath(context: CanvasRenderingContext2D, size: number, scene: Scene, position: number, path: Path, unit: number, palette: Palette) {
  const places = Array.from({ length: framesOf(scene) }, (_, frame) => toPixels(scene, size, pointAt(path.points, 1, 0, frame)))
  const now = toPixels(scene, size, pointAt(path.points, 1, 0, position))
  const width = places.length > FINE_PATH ? 0.6 : 1

  // The whole way faintly, and what lies behind the point in full.
  stroke(places, palette.paper, 4.5 * width * unit, 0.7)
  stroke(places, palette.muted, 1.2 * width * unit, 0.8)
  stroke([...places.slice(0, Math.floor(position) + 1), now], palette.ink, 2 * width * unit, 1)
  disc(context, places[0]!, 7 * unit, palette.paper, palette.ink, 2.2 * unit)
  disc(context, places.at(-1)!, 4 * unit, palette.ink, palette.paper, 1.5 * unit)
  disc(context, now, 5 * unit, palette.arrow, palette.paper, 1.5 * unit)

  function stroke(along: [number, number][], colour: string, lineWidth: number, alpha: number) {
    context.globalAlpha = alpha
    context.strokeStyle = colour
    context.lineWidth = lineWidth
    context.lineJoin = 'round'
    context.beginPath()
    along.forEach(place => context.lineTo(...place))
    context.stroke()
    context.globalAlpha = 1
  }
}

function drawTitle(context: CanvasRenderingContext2D, size: number, scene: Scene, position: number, unit: number, palette: Palette) {
  context.font = `600 ${13 * unit}px ${FONT}`
  const title = `${scene.model.name} · ${scene.sampler.solver}, ${scene.sampler.steps} steps`
  write(context, title, 8 * unit, 9 * unit, 'left', 'top', 4 * unit, palette.ink, palette.paper)
  write(context, momentAt(scene, position), size - 8 * unit, 9 * unit, 'right', 'top', 4 * unit, palette.ink, palette.paper)
}

/** Text that stays readable whatever it is written on. */
function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, align: CanvasTextAlign, baseline: CanvasTextBaseline, halo: number, ink: string, paper: string) {
  context.textAlign = align
  context.textBaseline = baseline
  context.lineJoin = 'round'
  context.lineWidth = halo
  context.strokeStyle = paper
  context.strokeText(text, x, y)
  context.fillStyle = ink
  context.fillText(text, x, y)
}

/** The points in groups of one colour each, after the direction in which their noise lies. */
const groups = new WeakMap<Float32Array, number[][]>()
function byAngle(scene: Scene): number[][] {
  let found = groups.get(scene.trajectory)
  if (found === undefined) {
    found = Array.from({ length: HUES }, () => [])
    for (let i = 0; i < scene.n; i++) {
      const [u, v] = shareOf(scene, pointAt(scene.trajectory, scene.n, i, 0))
      const angle = Math.atan2(v, u)
      found[Math.floor((angle / (2 * Math.PI) + 1) * HUES) % HUES]!.push(i)
    }

    groups.set(scene.trajectory, found)
  }

  return found
}

/** A trail is as long as a small part of the run, however many steps that has. */
const trailLength = (scene: Scene) => Math.min(TRAIL_FRAMES, framesOf(scene) / 8) * Math.max(1, framesOf(scene) / 60)

function line(context: CanvasRenderingContext2D, from: [number, number], to: [number, number]) {
  context.beginPath()
  context.moveTo(...from)
  context.lineTo(...to)
  context.stroke()
}

function disc(context: CanvasRenderingContext2D, [left, top]: [number, number], radius: number, fill: string, edge: string, width: number) {
  context.beginPath()
  context.arc(left, top, radius, 0, 2 * Math.PI)
  context.fillStyle = fill
  context.fill()
  context.strokeStyle = edge
  context.lineWidth = width
  context.stroke()
}
