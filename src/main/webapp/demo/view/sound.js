import { hook } from './dom.js';

const LOWEST_HZ = 261.63;
const JUST_SCALE = [1, 9 / 8, 5 / 4, 4 / 3, 3 / 2, 5 / 3, 15 / 8, 2];
/** What makes a bell a bell: hum, prime, the minor third that no other instrument has, quint, nominal. [ratio, loudness, seconds] */
const PARTIALS = [[0.5, 0.5, 2.6], [1, 0.6, 1.9], [1.2, 0.5, 1.5], [1.5, 0.25, 1.1], [2, 0.5, 0.8], [3, 0.15, 0.4]];

/** The bells' sound, off until it is asked for. */
export class Sound {
  #context = null;

  constructor() {
    const button = hook('sound');
    button.addEventListener('click', () => {
      const on = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(on));
      if (on) {
        this.#context = new AudioContext();
        this.strike(0, 0.8);
      } else {
        this.#context.close();
        this.#context = null;
      }
    });
  }

  strike(bell, force) {
    const context = this.#context;
    if (!context) return;
    const now = context.currentTime;
    for (const [ratio, loudness, seconds] of PARTIALS) {
      const gain = context.createGain();
      gain.gain.setValueAtTime(loudness * force * force * 0.14, now);
      gain.gain.exponentialRampToValueAtTime(0.0001, now + seconds);
      const tone = context.createOscillator();
      tone.frequency.value = LOWEST_HZ * JUST_SCALE[bell] * ratio;
      tone.connect(gain).connect(context.destination);
      tone.start(now);
      tone.stop(now + seconds);
    }
  }
}
