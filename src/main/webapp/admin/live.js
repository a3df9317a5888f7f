import { Carillon } from '../carillon.js';
import { ask, credential } from './api.js';

const HOUR = 3600;
const COLUMNS = ['time', 'websocket', 'sse', 'long-poll', 'published', 'delivered', 'lag', 'append', 'heap', 'refused', 'gaps'];
/** So long without a record, and we ask; milliseconds. */
const PATIENCE = 3500;

/** A client of the hub like any other, on event streams; its token is asked for anew with each connection. */
export const client = () => new Carillon('../v1', { token: credential() && (() => credential()), transports: ['sse', 'long-poll'] });

/**
 * The hub's figures: the last hour, then a record a second from the channel `$console`. `figures` when there are new ones,
 * `state` when that is `live`, `asking` (no records come, so they are asked for) or `lost`.
 */
export class Live extends EventTarget {
  state = 'asking';
  now = null;
  columns = empty();
  #hub;
  #watch;
  #heard = 0;

  start() {
    this.#load(HOUR);
    this.#hub = client();
    this.#hub.on('gap', () => this.#load(HOUR));
    this.#hub.on('error', () => {});
    this.#hub.subscribe('$console', ({ data }) => this.#take(data));
    this.#watch = setInterval(() => Date.now() - this.#heard > PATIENCE && this.#load(HOUR), 2000);
  }

  stop() {
    clearInterval(this.#watch);
    this.#hub?.close();
  }

  async #load(seconds) {
    try {
      const { now, samples } = await ask('admin/figures', { query: { seconds } });
      this.columns = samples;
      this.now = now;
      this.#say(this.#recent() ? 'live' : 'asking');
      this.dispatchEvent(new Event('figures'));
    } catch {
      this.#say('lost');
    }
  }

  #take(now) {
    this.#heard = Date.now();
    this.now = now;
    if (now.second && now.time > (this.columns.time.at(-1) ?? 0)) this.#add(now);
    this.#say('live');
    this.dispatchEvent(new Event('figures'));
  }

  #add({ time, connections, second, use }) {
    const all = { time, ...connections, ...second, heap: use.heap };
    for (const name of COLUMNS) {
      const column = this.columns[name];
      column.push(all[name]);
      if (column.length > HOUR) column.shift();
    }
  }

  #recent() {
    return Date.now() - this.#heard <= PATIENCE;
  }

  #say(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }
}

function empty() {
  return Object.fromEntries(COLUMNS.map(name => [name, []]));
}
