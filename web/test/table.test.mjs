// A compiled table in onnxruntime-web, in a real browser: its typed rows are those of the C# sampler.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { program } from '../scripts/diffusion.mjs'
import { serve } from './server.mjs'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const COUNT = 50
const web = fileURLToPath(new URL('..', import.meta.url))
const model = join(web, '..', 'tests', 'Support', 'Models', 'penguins.onnx')
const folder = mkdtempSync(join(tmpdir(), 'diffusion-web-'))
let server, browser

before(async () => {
  for (const file of ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']) {
    copyFileSync(join(web, 'node_modules', 'onnxruntime-web', 'dist', file), join(folder, file.replace('.mjs', '.js')))
  }

  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>table</title>')
  diffusion('compile', model, '--given', 'species', '-o', join(folder, 'penguins.onnx'))
  server = await serve(folder)
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
})

after(async () => {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true })
})

test('typed rows are those of the C# sampler, and a cell can be given', async () => {
  const { dimension, columns } = JSON.parse(readFileSync(join(folder, 'penguins.columns.json')))
  const noise = Array.from({ length: COUNT * dimension }, (_, k) => Math.fround(2 * Math.sin(k * k))) // any numbers of the size of noise
  const lines = Array.from({ length: COUNT }, (_, i) => noise.slice(i * dimension, (i + 1) * dimension).join())
  writeFileSync(join(folder, 'noise.csv'), lines.join('\n'))
  const [header, ...rows] = diffusion('sample', join(folder, 'penguins.onnx'), '--noise', join(folder, 'noise.csv')).trim().split('\n')
  assert.deepEqual(header.split(','), columns.map(column => column.name))

  const page = await browser.newPage()
  await page.goto(server.address)
  const [open, given] = await page.evaluate(draw, { noise, dimension, outputs: columns.map(column => column.output) })
  assert.equal(rows.length, COUNT)
  rows.forEach((row, i) => assert.deepEqual(open.map(cells => cells[i]), row.split(',').map((cell, k) => columns[k].type === 'text' ? cell : cell === '' ? null : Number(cell))))
  const species = columns.findIndex(column => column.name === 'species')
  assert.ok(new Set(open[species]).size > 1)
  assert.deepEqual(new Set(given[species]), new Set(['Gentoo']))
})

/** In the browser: draws rows with nothing given, and with the second species. */
async function draw({ noise, dimension, outputs }) {
  const ort = await import(new URL('ort.wasm.min.js', location.href))
  ort.env.wasm.numThreads = 1
  ort.env.wasm.wasmPaths = { mjs: new URL('ort-wasm-simd-threaded.js', location.href).href, wasm: new URL('ort-wasm-simd-threaded.wasm', location.href).href }
  const session = await ort.InferenceSession.create('penguins.onnx')
  const n = noise.length / dimension
  const results = []
  for (const isGiven of [0, 1]) {
    const rows = await session.run({
      noise: new ort.Tensor('float32', Float32Array.from(noise), [n, dimension]),
      'given.species': new ort.Tensor('int64', new BigInt64Array(n).fill(1n), [n]),
      'given_mask.species': new ort.Tensor('bool', new Uint8Array(n).fill(isGiven), [n]),
    })
    results.push(outputs.map(name => Array.from(rows[name].data, cell => Number.isNaN(cell) ? null : cell)))
  }

  return results
}

function diffusion(...words) {
  return execFileSync('dotnet', [program(), ...words.map(String)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}
