const LONGEST = 2 ** 31 - 1;

/** Calls what is the application's: its fault is shown, and is not the others'. */
export function guarded(act) {
  try {
    act();
  } catch (failure) {
    console.error(failure);
  }
}

const page = Math.random().toString(36).slice(2);
let count = 0;

/** A name that nothing else has, on any page. */
export function unique() {
  return `${page}-${++count}`;
}

/** One timer a name: a new one takes the place of the old. */
export class Timers {
  #running = new Map();

  set(name, delay, act) {
    this.clear(name);
    const run = () => {
      this.#running.delete(name);
      act();
    };
    this.#running.set(name, setTimeout(run, Math.min(delay, LONGEST)));
  }

  has(name) {
    return this.#running.has(name);
  }

  /** All of them without a name. */
  clear(...names) {
    for (const name of names.length ? names : this.#running.keys()) {
      clearTimeout(this.#running.get(name));
      this.#running.delete(name);
    }
  }
}

/** What worked here the last time. A browser may deny its storage, and elsewhere there is none. */
export function remembered(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
