/** ᾱ at each index 0 … T−1, from the words of a scheduler_config.json. */
export function alphaBars(config) {
  const betas = config.trained_betas ?? (config.beta_schedule === 'squaredcos_cap_v2' ? cosine(config.num_train_timesteps) : linear(config))
  let product = 1
  return betas.map(beta => (product *= 1 - beta))
}

function linear({ num_train_timesteps: count, beta_start: start, beta_end: end }) {
  return Array.from({ length: count }, (_, i) => start + (end - start) * i / (count - 1))
}

/** Nichol and Dhariwal 2021, Eq. 17. */
function cosine(count) {
  const bar = time => Math.cos((time + 0.008) / 1.008 * Math.PI / 2) ** 2
  return Array.from({ length: count }, (_, i) => Math.min(1 - bar((i + 1) / count) / bar(i / count), 0.999))
}
