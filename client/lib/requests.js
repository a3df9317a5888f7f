import { CarillonError } from './error.js';

/** So long before its end a token is renewed, milliseconds; of a short one a fifth of its life. */
const AHEAD = 30_000;

/** The hub's HTTP side, and the token that goes with each request. */
export class Requests {
  #base;
  #token;
  #renewed;
  #fresh = null; // a promise, so that the application is asked once
  #timers;

  /** @param renewed called when the token should be followed by another one */
  constructor(base, token, timers, renewed) {
    this.#base = base;
    this.#token = token;
    this.#timers = timers;
    this.#renewed = renewed;
  }

  url(path, query = {}) {
    const url = new URL(path, this.#base);
    for (const [name, values] of Object.entries(query)) {
      for (const value of [values].flat()) if (value !== undefined && value !== null) url.searchParams.append(name, value);
    }
    return url;
  }

  async ask(path, query, init, again) {
    const token = await this.token();
    const headers = { ...init?.headers, ...(token && { Authorization: `Bearer ${token}` }) };
    const response = await fetch(this.url(path, query), { cache: 'no-store', ...init, headers });
    if (response.ok) return response;
    if (response.status !== 401 || !this.renewable || again) throw await CarillonError.of(response);
    this.forget();
    return this.ask(path, query, init, true);
  }

  async json(path, query, init) {
    return (await this.ask(path, query, init)).json();
  }

  get renewable() {
    return typeof this.#token === 'function';
  }

  token() {
    if (!this.renewable) return this.#token;
    const fetched = async () => this.#planFor(await this.#token());
    this.#fresh ??= fetched().catch(failure => {
      this.#fresh = null;
      throw failure;
    });
    return this.#fresh;
  }

  /** It does not hold any more. */
  forget() {
    this.#fresh = null;
  }

  #planFor(token) {
    const left = expiry(token) - Date.now();
    if (left > 0) this.#timers.set('renew', Math.max(left - AHEAD, left * 0.8), () => this.#renewed(this.forget()));
    return token;
  }
}

/** When a JWT ends, in milliseconds; NaN for other tokens. */
function expiry(token) {
  try {
    return JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).exp * 1000;
  } catch {
    return NaN;
  }
}
