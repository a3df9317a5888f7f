import { TRANSPORTS } from '../connection/session.js';
import { clockTime, hook, html } from './dom.js';

const ROWS = 60;
const DATA_CHARACTERS = 300;

/** The publications, newest first, a bounded number of them. A burst is drawn at once and never more of it than fits. */
export class EventList {
  #list = hook('events');
  #waiting = [];
  #scheduled = false;

  add(publication) {
    this.#waiting.push(publication);
    if (this.#waiting.length > ROWS) this.#waiting.shift();
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => this.#draw(), 16); // not an animation frame: those stand still in a hidden tab
  }

  #draw() {
    this.#scheduled = false;
    this.#list.prepend(...this.#waiting.reverse().map(row));
    this.#waiting = [];
    while (this.#list.children.length > ROWS) this.#list.lastElementChild.remove();
  }
}

function row({ id, channel, event, data, transport, at, caughtUp }) {
  const text = oneLine(data);
  const attributes = {
    class: caughtUp ? 'event caught-up' : 'event',
    'data-id': id,
    'data-channel': channel,
    'data-event': event,
    'data-transport': transport,
  };
  return html(
    'li',
    attributes,
    html('span', { class: 'event-id' }, String(id ?? '')),
    html('time', { class: 'event-time' }, clockTime(at)),
    html('span', { class: 'event-name' }, html('b', {}, event), ' ', html('span', {}, channel)),
    html('code', { class: 'event-data' }, text.length > DATA_CHARACTERS ? `${text.slice(0, DATA_CHARACTERS)}…` : text),
    html('span', { class: `via via-${transport}` }, TRANSPORTS[transport].label),
  );
}

/** JSON with a space where a line may break. */
const oneLine = data => JSON.stringify(data, null, 1).replace(/\n */g, ' ');
