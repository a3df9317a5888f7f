import { TRANSPORTS } from './connection/session.js';

/** A catch-up comes in one burst; so much silence, or in a busy channel so much time, ends it. */
const SETTLED_MS = 400;
const LONGEST_MS = 3_000;

/**
 * Tells what a resume brought: "resumed at 1042 over SSE: 7 publications caught up, 0 missing".
 *
 * Caught up is what the hub took in before we were connected again, by its own clock; how far that is from ours is learned
 * from the live publication that came quickest. The plain chat dialect carries no time: within the burst it counts as caught up.
 */
export class Resume {
  #audit;
  #tell;
  #burst = null;
  #clockOffset = null;

  constructor(audit, tell) {
    this.#audit = audit;
    this.#tell = tell;
  }

  /** The session is live again, after `cursor`. */
  opened({ transport, cursor }) {
    this.abandon();
    if (cursor === null) return;
    this.#burst = { transport, cursor, openedAt: Date.now(), caughtUp: 0, gaps: 0, missingBefore: this.#audit.missing };
    this.#waitForSilence();
  }

  /** Where in time a publication belongs, and whether it was caught up rather than live. */
  place({ time }) {
    const now = Date.now();
    const published = time === undefined ? null : new Date(time).getTime();
    const burst = this.#burst;
    if (!burst) {
      if (published !== null) this.#clockOffset = Math.min(this.#clockOffset ?? Infinity, now - published);
      return { at: now, caughtUp: false };
    }
    const at = published === null ? now : Math.min(now, published + (this.#clockOffset ?? 0));
    const caughtUp = published === null || at < burst.openedAt;
    if (caughtUp) burst.caughtUp++;
    this.#waitForSilence();
    return { at, caughtUp };
  }

  gap() {
    if (this.#burst) this.#burst.gaps++;
  }

  /** The connection is gone again before the burst had settled. */
  abandon() {
    clearTimeout(this.#burst?.timer);
    this.#burst = null;
  }

  #waitForSilence() {
    const burst = this.#burst;
    clearTimeout(burst.timer);
    const left = burst.openedAt + LONGEST_MS - Date.now();
    burst.timer = setTimeout(() => this.#settled(burst), Math.min(SETTLED_MS, left));
  }

  async #settled(burst) {
    await this.#audit.run();
    if (this.#burst !== burst) return;
    this.#burst = null;
    this.#tell(sentence(burst, this.#audit.missing - burst.missingBefore));
  }
}

function sentence({ transport, cursor, caughtUp, gaps }, missing) {
  const parts = [`${count(caughtUp, 'publication')} caught up`, `${missing} missing`];
  if (gaps) parts.push(count(gaps, 'gap'));
  return `resumed at ${cursor} over ${TRANSPORTS[transport].label}: ${parts.join(', ')}`;
}

const count = (n, noun) => `${n} ${noun}${n === 1 ? '' : 's'}`;
