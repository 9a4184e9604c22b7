import { applyPalette, GIFEncoder, quantize } from 'gifenc'
import { draw, type Look } from './draw'
import { framesOf, type Scene } from './scene'

const SIZE = 480
const GIF_FRAMES = 60
const GIF_DELAY = 60
const LAST_DELAY = 1500
const PALETTE_SIZE = 256

export function saveBlob(blob: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href))
}

/** The points of the last frame as text, a line for each. */
export function csvOf(scene: Scene): Blob {
  const last = scene.trajectory.subarray((framesOf(scene) - 1) * scene.n * 2)
  return new Blob(Array.from({ length: scene.n }, (_, i) => `${last[2 * i]},${last[2 * i + 1]}\n`), { type: 'text/csv' })
}

/** A picture of one moment, twice as fine as on the page. */
export function pngOf(scene: Scene, position: number, look: Look): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 2 * SIZE, height: 2 * SIZE })
  draw(canvas.getContext('2d')!, 2 * SIZE, scene, position, { ...look, unit: 2 })
  return new Promise((resolve, reject) => canvas.toBlob(blob => (blob === null ? reject(new Error('The browser could not create the PNG file.')) : resolve(blob)), 'image/png'))
}

/** The whole run as an animation; the page stays alive meanwhile. */
export async function gifOf(scene: Scene, look: Look, report: (share: number) => void): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width: SIZE, height: SIZE })
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  const still = { ...look, unit: 1, field: null }
  const pixels = (frame: number) => {
    draw(context, SIZE, scene, frame / (GIF_FRAMES - 1) * (framesOf(scene) - 1), still)
    return context.getImageData(0, 0, SIZE, SIZE).data
  }

  // One palette from the most crowded moments serves all frames, so that no colour flickers.
  const palette = quantize(new Uint8ClampedArray([...[0, GIF_FRAMES >> 1, GIF_FRAMES - 1].flatMap(frame => [...pixels(frame)])]), PALETTE_SIZE)
  const encoder = GIFEncoder()
  for (let frame = 0; frame < GIF_FRAMES; frame++) {
    const delay = frame === GIF_FRAMES - 1 ? LAST_DELAY : GIF_DELAY
    encoder.writeFrame(applyPalette(pixels(frame), palette), SIZE, SIZE, frame === 0 ? { palette, delay } : { delay })
    report((frame + 1) / GIF_FRAMES)
    await new Promise(resolve => setTimeout(resolve))
  }

  encoder.finish()
  return new Blob([encoder.bytes() as Uint8Array<ArrayBuffer>], { type: 'image/gif' })
}
