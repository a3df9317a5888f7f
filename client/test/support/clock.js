import { AsyncResource } from 'node:async_hooks';
import { awake, currentTab } from './browser.js';

/** Time that stands still until a test moves it. Takes the place of the global timers and of Date.now. */
const realImmediate = setImmediate;

export class FakeClock {
  now = 1_700_000_000_000;
  #timers = new Map();
  #serial = 0;
  #real = {};

  constructor() {
    const fakes = {
      setTimeout: (act, delay = 0) => this.#add(act, delay),
      setInterval: (act, delay) => this.#add(act, delay, delay),
      clearTimeout: id => this.#timers.delete(id),
      clearInterval: id => this.#timers.delete(id),
    };
    for (const [name, fake] of Object.entries(fakes)) {
      this.#real[name] = globalThis[name];
      globalThis[name] = fake;
    }
    this.#real.now = Date.now;
    Date.now = () => this.now;
  }

  #add(act, delay, every) {
    const id = ++this.#serial;
    this.#timers.set(id, { at: this.now + delay, act: AsyncResource.bind(act), every, tab: currentTab() });
    return id;
  }

  /** Lets `seconds` go by, and all that happens meanwhile. */
  async pass(seconds) {
    const end = this.now + seconds * 1000;
    await settle();
    for (;;) {
      const due = [...this.#timers].filter(([, timer]) => timer.at <= end && (!timer.tab || awake(timer.tab))).sort(([a, s], [b, t]) => s.at - t.at || a - b)[0];
      if (!due) break;
      const [id, timer] = due;
      this.now = Math.max(this.now, timer.at);
      if (timer.every) timer.at += timer.every;
      else this.#timers.delete(id);
      timer.act();
      await settle();
    }
    this.now = end;
  }

  /** The machine sleeps: the wall clock goes on, no timer runs. */
  sleep(seconds) {
    this.now += seconds * 1000;
  }

  restore() {
    Date.now = this.#real.now;
    for (const name of ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval']) globalThis[name] = this.#real[name];
  }
}

/** Until promises and streams have come to rest. */
export async function settle() {
  for (let i = 0; i < 12; i++) await new Promise(resolve => realImmediate(resolve));
}
