import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

/** The tab whose code runs; all that comes of it later runs as that tab's, too. */
const running = new AsyncLocalStorage();

/** False for the code of a tab that is dead or frozen. */
export function awake(tab = running.getStore()) {
  return !tab?.dead && !tab?.frozen;
}

export const currentTab = () => running.getStore();

/** Several tabs of one browser, with what they share: locks and channels. A tab can die without a word. */
export class FakeBrowser {
  #locks = new Map();
  #channels = new Set();
  #real = ['navigator', 'BroadcastChannel'].map(name => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);

  constructor() {
    const browser = this;
    const navigator = { locks: { request: (name, ...rest) => browser.#request(name, ...rest) } };
    const BroadcastChannel = class {
      #tab = currentTab();
      #name;

      constructor(name) {
        this.#name = name;
        browser.#channels.add(this);
      }

      postMessage(message) {
        for (const other of browser.#channels) if (other !== this && other.#name === this.#name) other.#receive(structuredClone(message));
      }

      #receive(data) {
        const deliver = () => awake(this.#tab) && browser.#channels.has(this) && this.onmessage?.({ data });
        running.run(this.#tab, () => setTimeout(deliver, 1));
      }

      close() {
        browser.#channels.delete(this);
      }
    };
    for (const [name, value] of Object.entries({ navigator, BroadcastChannel })) {
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  }

  restore() {
    for (const [name, descriptor] of this.#real) {
      delete globalThis[name];
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    }
  }

  /** Opens a tab with what `open` makes; `slow`: so many milliseconds until its wish for a lock is heard. */
  tab(open, slow) {
    const tab = { slow };
    const made = running.run(tab, open);
    made.tab = tab;
    made.run = act => running.run(tab, act);
    return made;
  }

  /** It crashes: nothing of it runs any more, and its locks are free. */
  kill({ tab }) {
    tab.dead = true;
    for (const lock of this.#locks.values()) {
      lock.waiting = lock.waiting.filter(entry => entry.tab !== tab);
      if (lock.holder?.tab === tab) this.#free(lock, lock.holder);
    }
  }

  freeze({ tab }) {
    tab.frozen = true;
  }

  #request(name, ...rest) {
    const act = rest.pop();
    const { steal, signal } = rest[0] ?? {};
    if (!this.#locks.has(name)) this.#locks.set(name, { waiting: [] });
    const lock = this.#locks.get(name);
    return new Promise((resolve, reject) => {
      const entry = { tab: currentTab(), act: AsyncResource.bind(act), resolve, reject };
      const aborted = () => reject(new DOMException('stopped', 'AbortError'));
      signal?.addEventListener('abort', () => {
        if (!lock.waiting.includes(entry)) return;
        lock.waiting = lock.waiting.filter(other => other !== entry);
        aborted();
      });
      if (entry.tab?.slow) return setTimeout(() => lock.waiting.push(entry) && this.#grant(lock), entry.tab.slow);
      if (steal) {
        lock.holder?.reject(new DOMException('stolen', 'AbortError'));
        lock.holder = null;
        lock.waiting.unshift(entry);
      } else {
        lock.waiting.push(entry);
      }
      this.#grant(lock);
    });
  }

  #grant(lock) {
    if (lock.holder || !lock.waiting.length) return;
    const entry = lock.waiting.shift();
    lock.holder = entry;
    setTimeout(async () => {
      entry.resolve(await entry.act());
      this.#free(lock, entry);
    }, 1);
  }

  #free(lock, entry) {
    if (lock.holder !== entry) return;
    lock.holder = null;
    this.#grant(lock);
  }
}
