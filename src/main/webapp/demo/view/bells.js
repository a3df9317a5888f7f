import { html, reducedMotion, svg } from './dom.js';

/** An octave; bell 1 is the largest and lowest. */
const NOTES = ['C', 'D', 'E', 'F', 'G', 'A', 'B', 'C'];
/** A bell just struck does not take another stroke: a burst that is caught up is one chord. */
const DAMPED_MS = 120;

/** The bell frame, which is also the keyboard: a click publishes, and what arrives, from whomever, strikes. */
export class Bells {
  #bells;
  #sound;

  constructor(sound, ring) {
    this.#sound = sound;
    const frame = document.querySelector('.frame');
    this.#bells = NOTES.map((note, index) => {
      const swinging = svg('g', { class: 'swing' }, ...shape());
      const button = html(
        'button',
        { type: 'button', class: `bell bell-${index + 1}`, 'aria-label': `Ring bell ${index + 1}, ${note}` },
        svg('svg', { viewBox: '0 0 100 118', 'aria-hidden': 'true', focusable: 'false' }, swinging),
        html('span', { class: 'bell-number', 'aria-hidden': 'true' }, String(index + 1)),
      );
      button.addEventListener('click', () => ring(index + 1));
      frame.append(button);
      return { swinging, clapper: swinging.querySelector('.clapper'), struckAt: 0 };
    });
  }

  /** Strikes the bell that belongs to a publication: the one it names, a person's own, or the next in the clock's round. */
  strike({ channel, event, data, at }) {
    if (channel === 'demo.clock') this.#swing(NOTES.length - 1 - wrap(Math.floor(at / 1000)), 0.35);
    else if (event === 'chat') this.#swing(wrap(hash(data?.user)), 0.8);
    else this.#swing(Number.isInteger(data?.bell) ? wrap(data.bell - 1) : 0, 1);
  }

  #swing(index, force) {
    const bell = this.#bells[index];
    if (Date.now() - bell.struckAt < DAMPED_MS) return;
    bell.struckAt = Date.now();
    this.#sound.strike(index, force);
    if (reducedMotion.matches) {
      bell.swinging.animate([{ opacity: 0.55 }, { opacity: 1 }], { duration: 500 });
      return;
    }
    const degrees = 16 * force;
    const turn = (...angles) => angles.map(angle => ({ transform: `rotate(${angle}deg)` }));
    const timing = { duration: 900 + 500 * force, easing: 'ease-out' };
    bell.swinging.animate(turn(0, degrees, -degrees * 0.7, degrees * 0.4, -degrees * 0.15, 0), timing);
    bell.clapper.animate(turn(0, -degrees * 1.4, degrees * 1.2, -degrees * 0.6, 0), timing);
  }
}

function shape() {
  return [
    svg('path', { class: 'crown', d: 'M40 14a10 10 0 0 1 20 0v6h-6v-6a4 4 0 0 0-8 0v6h-6z' }),
    svg('g', { class: 'clapper' }, svg('path', { d: 'M47 60h6v34h-6z' }), svg('circle', { cx: 50, cy: 101, r: 8 })),
    svg('path', { class: 'body', d: 'M32 22q18-7 36 0c6 6 6 20 7 32 1 16 6 28 18 37v5H7v-5c12-9 17-21 18-37 1-12 1-26 7-32z' }),
    svg('path', { class: 'moulding', d: 'M28.500 34.500q21.500 6 43 0M27.500 40q22.500 6 45 0M19 80q31 9 62 0M14 86q36 9 72 0' }),
  ];
}

/** Any integer, as a stranger may send it, to a bell. */
const wrap = n => ((n % NOTES.length) + NOTES.length) % NOTES.length;

const hash = text => [...String(text)].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7);
