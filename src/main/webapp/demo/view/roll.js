import { svg } from './dom.js';

const SPAN_MS = 60_000;
const LANES = ['ws', 'sse', 'poll'];
const PINS = 400;

/**
 * The last minute as the roll of a musical clock: a pin for each publication, at the time it was published, in the lane of
 * the transport that brought it. Filled when it came live, hollow when it was caught up; a shade where we were cut off.
 * It moves once a second, like the clock it shows.
 */
export class Roll {
  #pins = svg('g', { class: 'pins' });
  #shades = svg('g', { class: 'shades' });
  #cut = null;

  constructor() {
    const lines = LANES.map((_, lane) => svg('line', { class: 'lane', x1: '0', x2: '100%', y1: middle(lane), y2: middle(lane) }));
    document.querySelector('.roll svg').append(this.#shades, ...lines, this.#pins);
    setInterval(() => this.#move(), 1000);
  }

  add({ transport, at, caughtUp, channel }) {
    const pin = svg('circle', {
      class: `pin pin-${transport}${caughtUp ? ' hollow' : ''}`,
      cy: middle(LANES.indexOf(transport)),
      r: channel === 'demo.clock' ? 3 : 5,
    });
    pin.at = at;
    this.#pins.append(pin);
    if (this.#pins.children.length > PINS) this.#pins.firstElementChild.remove();
    place(pin);
  }

  state({ state }) {
    if (state === 'live') {
      if (this.#cut) this.#cut.until = Date.now();
      this.#cut = null;
    } else if (!this.#cut) {
      this.#cut = svg('rect', { class: 'shade', y: '0', height: '100%' });
      this.#cut.at = Date.now();
      this.#shades.append(this.#cut);
    }
    this.#move();
  }

  #move() {
    const oldest = Date.now() - SPAN_MS;
    for (const pin of [...this.#pins.children]) {
      if (pin.at < oldest) pin.remove();
      else place(pin);
    }
    for (const shade of [...this.#shades.children]) {
      if (shade.until < oldest) shade.remove();
      else cover(shade);
    }
  }
}

const middle = lane => `${((lane + 0.5) / LANES.length) * 100}%`;
const position = at => Math.max(0, 100 - ((Date.now() - at) / SPAN_MS) * 100);
const place = pin => pin.setAttribute('cx', `${position(pin.at)}%`);

function cover(shade) {
  const left = position(shade.at);
  shade.setAttribute('x', `${left}%`);
  shade.setAttribute('width', `${position(shade.until ?? Date.now()) - left}%`);
}
