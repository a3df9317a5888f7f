import { el, say } from '../dom.js';
import { client } from '../live.js';
import { count, id, time } from '../format.js';
import { framed } from './table.js';

const ROWS = 200;
const DRAW = 250;
const LONGEST = 600;

/**
 * Publications as they come, the newest on top. However many come, so many rows are drawn, four times a second; what came
 * between is counted.
 */
export class Publications {
  #body = el('tbody', { 'data-testid': 'publications' });
  #state = el('p', { class: 'sub', role: 'status', 'data-testid': 'tail-state' });
  #rate = el('p', { class: 'sub' });
  #waiting = [];
  #came = 0;
  #since = performance.now();
  #hub;
  #timer;
  paused = false;

  /** @param one all are of one channel, so its name is not repeated */
  constructor(label, { one = false } = {}) {
    const heads = ['Id', 'Time', 'Channel', 'Event', 'Data'].map(title => el('th', { scope: 'col', role: 'columnheader', class: title.toLowerCase() }, title));
    this.node = el('div', { class: one ? 'publications one' : 'publications' }, el('div', { class: 'tail' }, this.#state, this.#rate), framed(label, heads, this.#body));
    this.#timer = setInterval(() => document.hidden || this.#draw(), DRAW);
  }

  /** Those that were there before, the newest first. */
  fill(publications) {
    this.#body.replaceChildren(...publications.slice(0, ROWS).map(row));
  }

  clear() {
    this.#waiting = [];
    this.#body.replaceChildren();
  }

  follow(channel) {
    this.stop();
    this.say('connecting …');
    const hub = (this.#hub = client());
    hub.on('open', () => this.say(`live on ${channel}`));
    hub.on('close', ({ fatal, message }) => this.say(fatal ? message : 'cut off, comes back by itself'));
    hub.on('error', ({ message, status }) => this.say(message ?? `refused with ${status}`, true));
    hub.on('gap', ({ from, to }) => this.say(`what is after ${from} and up to ${to} is no longer retained`));
    hub.subscribe(channel, publication => this.#take(publication));
  }

  stop() {
    this.#hub?.close();
    this.#hub = undefined;
  }

  end() {
    this.stop();
    clearInterval(this.#timer);
  }

  say(words, bad = false) {
    say(this.#state, words);
    this.#state.classList.toggle('trouble', bad);
  }

  #take(publication) {
    this.#came++;
    if (this.paused) return;
    this.#waiting.push(publication);
    if (this.#waiting.length > 2 * ROWS) this.#waiting.splice(0, ROWS);
  }

  #draw() {
    this.#count();
    if (!this.#waiting.length) return;
    const fresh = this.#waiting.slice(-ROWS).reverse().map(row);
    this.#waiting = [];
    if (fresh.length === ROWS) this.#body.replaceChildren(...fresh);
    else this.#body.prepend(...fresh);
    while (this.#body.rows.length > ROWS) this.#body.lastChild.remove();
  }

  #count() {
    const now = performance.now();
    if (now - this.#since < 1000) return;
    say(this.#rate, this.#hub ? `${count((this.#came * 1000) / (now - this.#since))} a second` : '');
    this.#came = 0;
    this.#since = now;
  }
}

function row({ id: number, time: at, channel, event, data }) {
  const text = JSON.stringify(data);
  return el(
    'tr',
    { role: 'row', 'data-id': number },
    cell('id mono', id(number)),
    cell('time', at ? time(at) : ''),
    cell('channel', channel),
    cell('event', event ?? 'message'),
    cell('data', ...breakable(text.length > LONGEST ? `${text.slice(0, LONGEST)} … (${count(text.length)} characters)` : text)),
  );
}

const cell = (style, ...content) => el('td', { role: 'cell', class: style }, content);

/** Lines break after a comma rather than within a word. */
const breakable = text => text.split(/(?<=,)/).flatMap(part => [part, el('wbr')]);
