import type { Model, Sampler } from './catalogue'

/** What the visitor has chosen; kept in the address, so that it can be sent to others. */
export interface Choice {
  model: Model
  sampler: Sampler
  count: number
  seed: number
}

export const COUNTS = [250, 500, 1000, 2000, 4000]

const DEFAULT_MODEL = 'moons'
const DEFAULT_SOLVER = 'ddim'
const DEFAULT_STEPS = 50
const DEFAULT_COUNT = 1000

/** The solvers of a model, each once, in the order of the catalogue. */
export const solversOf = (model: Model) => [...new Set(model.samplers.map(sampler => sampler.solver))]

/** The sampler of a solver whose number of steps is nearest to a wish; where a model has no such solver, any. */
export function samplerOf(model: Model, solver: string, steps: number): Sampler {
  const own = model.samplers.filter(sampler => sampler.solver === solver)
  return (own.length > 0 ? own : model.samplers).toSorted((a, b) => Math.abs(a.steps - steps) - Math.abs(b.steps - steps))[0]!
}

/** Reads a choice from an address; what it leaves out, or what does not exist, is chosen for it. */
export function readChoice(models: Model[], hash: string): Choice {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const named = (name: string | null) => models.find(model => model.name === name)
  const model = named(words.get('model')) ?? named(DEFAULT_MODEL) ?? models[0]!
  const solver = words.get('solver') ?? ''
  return {
    model,
    sampler: samplerOf(model, solversOf(model).includes(solver) ? solver : DEFAULT_SOLVER, wholeOf(words.get('steps')) ?? DEFAULT_STEPS),
    count: COUNTS.find(count => count === wholeOf(words.get('points'))) ?? DEFAULT_COUNT,
    seed: wholeOf(words.get('seed')) ?? 0,
  }
}

export function writeChoice({ model, sampler, count, seed }: Choice): string {
  return `#${new URLSearchParams({ model: model.name, solver: sampler.solver, steps: String(sampler.steps), points: String(count), seed: String(seed) })}`
}

/** A whole number from 0 that a double holds exactly, or null. */
export function wholeOf(text: string | null): number | null {
  const value = Number(text ?? '')
  return text?.trim() && Number.isSafeInteger(value) && value >= 0 ? value : null
}
