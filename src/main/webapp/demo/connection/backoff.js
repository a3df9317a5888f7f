const FIRST_MS = 500;
const LONGEST_MS = 5_000;

/**
 * How long to wait before the next attempt: doubles up to a cap, and half of it is chance, so that the clients of a
 * restarted server do not all come back in the same instant. The cap is short because somebody is watching.
 */
export class Backoff {
  #attempt = 0;

  next() {
    const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#attempt++);
    return ceiling / 2 + (Math.random() * ceiling) / 2;
  }

  reset() {
    this.#attempt = 0;
  }
}
