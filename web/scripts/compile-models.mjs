// Compiles every model of ../models with every solver of samplers.json, and writes down what the page needs to know of them.
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { build, program } from './diffusion.mjs'

const web = fileURLToPath(new URL('..', import.meta.url))
const models = join(web, '..', 'models')
const output = join(web, 'public', 'models')
const wanted = Object.entries(JSON.parse(readFileSync(join(web, 'samplers.json'), 'utf8')))

build()
const diffusion = async (...words) => (await promisify(execFile)('dotnet', [program(), ...words], { maxBuffer: 1 << 26 })).stdout

async function compile(model, source, solver, steps) {
  const file = `${model}/${solver.replaceAll('+', 'p')}-${steps}.onnx`
  await diffusion('compile', source, '--solver', solver, '--steps', String(steps), '--trajectory', '-o', join(output, file))
  const rows = JSON.parse(await diffusion('inspect', join(output, file), '--json'))['diffusion.solver'].rows
  return {
    solver,
    steps,
    file,
    rows: rows.length,
    stochastic: rows.some(row => row.s !== 0),
    timesteps: [rows[0].timestep, ...rows.filter(row => row.ends_step).map(row => row.next_timestep)],
  }
}

/** ᾱ at each time t = 0 … T, as the program has it. */
async function alphaBars(path) {
  const [, ...lines] = (await diffusion('inspect', path, '--levels')).trim().split('\n')
  return lines.map(line => Number(Number(line.split(',')[1]).toPrecision(9)))
}

async function describe(path) {
  const card = JSON.parse(await diffusion('inspect', path, '--json'))
  const { name, shape, shift, scale } = card['diffusion.data']
  if (shape.length !== 1 || shape[0] !== 2) {
    console.log(`${basename(path)} is skipped: the page requires models of dimension 2; found the shape [${shape}].`)
    return []
  }

  mkdirSync(join(output, name), { recursive: true })
  copyFileSync(path, join(output, name, 'network.onnx'))
  const scheduler = card['diffusion.scheduler']
  return [{
    name,
    shift: shift ?? [0, 0],
    scale: scale ?? [1, 1],
    prediction: scheduler.prediction_type,
    alphaBars: await alphaBars(path),
    network: `${name}/network.onnx`,
    samplers: [],
  }]
}

rmSync(output, { recursive: true, force: true })
const paths = readdirSync(models).filter(file => file.endsWith('.onnx')).sort().map(file => join(models, file))
const described = (await Promise.all(paths.map(async path => (await describe(path)).map(model => ({ path, model }))))).flat()
const jobs = described.flatMap(({ path, model }) => wanted.flatMap(([solver, counts]) => counts.map(steps => ({ path, model, solver, steps }))))
const results = new Map()
const worker = async () => {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    results.set(`${job.model.name} ${job.solver} ${job.steps}`, await compile(job.model.name, job.path, job.solver, job.steps))
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, worker))
for (const { model } of described) {
  model.samplers = wanted.flatMap(([solver, counts]) => counts.map(steps => results.get(`${model.name} ${solver} ${steps}`)))
}

writeFileSync(join(output, 'manifest.json'), JSON.stringify({ models: described.map(({ model }) => model) }))
console.log(`${results.size} samplers of ${described.length} models compiled`)
