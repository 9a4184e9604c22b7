import type { Model, Sampler } from './catalogue'
import { alphaBarAt } from './schedule'

/** A point that is followed from its noise to where it lands. */
export interface Path {
  /** Its place in the set of points, [0, n). */
  index: number
  /** Where it is at the start and after every step, [frames, 2]. */
  points: Float32Array
}

/** The directions of the probability-flow ODE on a square lattice. */
export interface Field {
  points: Float32Array
  directions: Float32Array
}

/** All that a picture of a run is drawn from. */
export interface Scene {
  model: Model
  sampler: Sampler
  seed: number
  n: number
  /** The points at the start and after every step, [frames, n, 2]. */
  trajectory: Float32Array
  /** Half the side of the square that is shown, in the units of the network: both axes then have room for their data. */
  extent: number
}

/** The share of a standard normal that lies within this many deviations, so that data of the usual size fill the picture. */
const PRIOR_EXTENT = 2.7
const MARGIN = 1.08

export const framesOf = (scene: Scene) => scene.sampler.timesteps.length

export function createScene(model: Model, sampler: Sampler, seed: number, n: number, trajectory: Float32Array): Scene {
  const last = trajectory.subarray((sampler.timesteps.length - 1) * n * 2)
  const reach = last.reduce((most, value, i) => Math.max(most, Math.abs(value - model.shift[i % 2]!) / model.scale[i % 2]!), 0)
  return { model, sampler, seed, n, trajectory, extent: Math.max(reach * MARGIN, PRIOR_EXTENT) }
}

/** Where a point is at a position between frames: 0 is the noise, frames − 1 the data. */
export function pointAt(points: Float32Array, n: number, index: number, position: number): [number, number] {
  const frames = points.length / (2 * n)
  const below = Math.min(Math.floor(position), frames - 1)
  const above = Math.min(below + 1, frames - 1)
  const share = position - below
  const a = (below * n + index) * 2
  const b = (above * n + index) * 2
  return [mix(points[a]!, points[b]!, share), mix(points[a + 1]!, points[b + 1]!, share)]
}

/** The index i = t − 1 at a position between frames. */
export function timestepAt({ sampler }: Scene, position: number): number {
  const below = Math.min(Math.floor(position), sampler.timesteps.length - 1)
  const above = Math.min(below + 1, sampler.timesteps.length - 1)
  return mix(sampler.timesteps[below]!, sampler.timesteps[above]!, position - below)
}

/** What moment a position shows, in the field's letters. */
export function momentAt(scene: Scene, position: number): string {
  const index = timestepAt(scene, position)
  const alphaBar = alphaBarAt(scene.model.alphaBars, index)
  const shown = alphaBar < 1e-3 ? alphaBar.toExponential(0).replace('-', '−') : alphaBar > 0.999 ? alphaBar.toFixed(5) : alphaBar.toFixed(3)
  return `t = ${(index + 1).toFixed(0)}   ᾱ = ${index < 0 && alphaBar === 1 ? '1' : shown}`
}

/** Which point is nearest to a place at a position. */
export function nearest(scene: Scene, position: number, place: [number, number]): number {
  const [u, v] = shareOf(scene, place)
  let best = 0
  let least = Infinity
  for (let i = 0; i < scene.n; i++) {
    const [pu, pv] = shareOf(scene, pointAt(scene.trajectory, scene.n, i, position))
    const distance = (pu - u) ** 2 + (pv - v) ** 2
    if (distance < least) {
      least = distance
      best = i
    }
  }

  return best
}

/** A place in the units of the data, from shares of the half sides of the square, −1 … 1. */
export const placeOf = ({ model, extent }: Scene, [u, v]: [number, number]): [number, number] =>
  [model.shift[0] + model.scale[0] * extent * u, model.shift[1] + model.scale[1] * extent * v]

/** The other way round. */
export const shareOf = ({ model, extent }: Scene, [x, y]: [number, number]): [number, number] =>
  [(x - model.shift[0]) / (model.scale[0] * extent), (y - model.shift[1]) / (model.scale[1] * extent)]

/** The lattice on which the field is shown, [k², 2]. */
export function lattice(scene: Scene, k: number): Float32Array {
  const points = new Float32Array(2 * k * k)
  for (let i = 0; i < k * k; i++) {
    points.set(placeOf(scene, [2 * ((i % k) + 0.5) / k - 1, 2 * (Math.floor(i / k) + 0.5) / k - 1]), 2 * i)
  }

  return points
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share
