/** Moves a position from 0 to 1 in time with the screen. */
export class Player {
  position = 0
  isPlaying = false
  #last = 0

  /**
   * @param seconds how long a run takes on the screen
   * @param changed is called for every new position, and when playing starts or ends
   */
  constructor(private readonly seconds: number, private readonly changed: () => void) {}

  toggle() {
    this.isPlaying ? this.pause() : this.play()
  }

  /** Goes on from where it is, or from the start where it is at the end. */
  play() {
    if (this.position >= 1) {
      this.position = 0
    }

    this.isPlaying = true
    this.#last = performance.now()
    requestAnimationFrame(this.#step)
    this.changed()
  }

  pause() {
    this.isPlaying = false
    this.changed()
  }

  seek(position: number) {
    this.position = Math.min(1, Math.max(0, position))
    this.isPlaying = false
    this.changed()
  }

  readonly #step = (now: number) => {
    if (!this.isPlaying) {
      return
    }

    this.position = Math.min(1, this.position + Math.max(0, now - this.#last) / 1000 / this.seconds)
    this.#last = now
    this.isPlaying = this.position < 1
    this.changed()
    requestAnimationFrame(this.#step)
  }
}
