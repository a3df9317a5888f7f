import { EVENT_NAMES } from './connection/sse.js';
import { publicationsOf } from './publish.js';

const PAGE = 100;

/**
 * Looks for silent loss: asks the hub's own history what was published, and compares with what arrived. Ids alone cannot
 * tell, for they are dense over the hub, not over our channels.
 */
export class Audit {
  missing = 0;
  /** When the last comparison was made, or null. */
  checkedAt = null;
  /** False once the hub has refused its history: then only the order is checked. */
  readable = true;
  #channels;
  #ledger;
  #after = null;
  #delivered = new Set();
  #latest = Promise.resolve();

  constructor(channels, ledger) {
    this.#channels = channels;
    this.#ledger = ledger;
  }

  delivered({ id }) {
    if (id === undefined || !this.readable) return;
    this.#after ??= id;
    this.#delivered.add(id);
  }

  /** A cursor that was not from this log is answered with a gap that leads back: forget what lay ahead. */
  gap({ to }) {
    if (this.#after > to) this.#after = to;
  }

  /** Compares everything up to the cursor; one comparison at a time. A hub that does not answer is asked again next time. */
  run() {
    this.#latest = this.#latest.then(() => this.#compare()).catch(() => {});
    return this.#latest;
  }

  async #compare() {
    const upTo = this.#ledger.cursor;
    if (this.#after === null || !this.readable) return;
    const published = await Promise.all(this.#channels.map(channel => this.#published(channel, upTo)));
    if (!this.readable) return;
    this.missing += published.flat().filter(id => !this.#delivered.has(id)).length;
    for (const id of this.#delivered) if (id <= upTo) this.#delivered.delete(id);
    this.#after = upTo;
    this.checkedAt = Date.now();
  }

  async #published(channel, upTo) {
    const ids = [];
    for (let since = this.#after; since < upTo; ) {
      const response = await fetch(publicationsOf(channel, { since, limit: PAGE }), { cache: 'no-store' });
      if (!response.ok) {
        this.readable = response.status >= 500;
        if (!this.readable) this.#delivered.clear();
        throw new Error(`history of ${channel}: ${response.status}`);
      }
      const { publications } = await response.json();
      for (const { id, event } of publications) if (id <= upTo && EVENT_NAMES.includes(event)) ids.push(id);
      if (publications.length === 0) break;
      since = publications.at(-1).id;
    }
    return ids;
  }
}
