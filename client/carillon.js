/**
 * Carillon's client for browsers and Node: channels over WebSocket, event stream or long-poll, whichever gets through.
 * How it is used: docs/client.md.
 *
 * A subscription is a place in the log; a link is one connection on one transport. Links come and go: each begins where the
 * subscriptions stand, and what is not above a subscription's cursor is not handed out again. So no change of links loses
 * or doubles anything. One link is in use at a time; a probe may be tried beside it.
 */
import { CarillonError, final } from './lib/error.js';
import { Requests } from './lib/requests.js';
import { guarded, remembered, Timers, unique } from './lib/small.js';
import { Subscription } from './lib/subscription.js';
import { frames, TRANSPORTS } from './lib/transports.js';

const DEFAULTS = {
  transports: ['websocket', 'sse', 'long-poll'],
  openTimeout: 8,
  upgradeAfter: 60,
  minDelay: 0.5,
  maxDelay: 30,
  heartbeat: 25,
};
/** A link that lived so long was a good one: back-off begins anew; milliseconds. */
const STABLE = 10_000;
/** An upgrade that fails is tried again after 1, 2, 4, 8, then always 16 times `upgradeAfter`. */
const MOST_PROBES = 4;

class Carillon {
  #base;
  #options;
  #transports;
  #requests;
  #listeners = {};
  #timers = new Timers();
  #end = new AbortController();
  #sending = Promise.resolve();
  #subs = new Set();
  #own = new Subscription('$', publication => this.#emit('direct', publication));

  #link = null;
  #probe = null;
  #up = false; // what the application has heard last: open or close
  #transport = null; // of the last link that worked
  #at; // the index of the transport that is next
  #failed = 0; // transports in a row that did not open
  #attempts = 0;
  #probes = 0;
  #bound = false; // the hub has said how long to wait
  #refused = false; // the token, since a link last worked
  #stopped = false;

  constructor(url = '/v1', options = {}) {
    this.#base = new URL(url.replace(/\/*$/, '/'), globalThis.document?.baseURI);
    this.#options = { client: unique(), ...DEFAULTS, ...options };
    const shared = options.shared && globalThis.navigator?.locks && globalThis.BroadcastChannel;
    this.#transports = shared ? ['tabs'] : this.#options.transports;
    this.#at = Math.max(0, this.#transports.indexOf(remembered(this.#memory)));
    this.#requests = new Requests(this.#base, options.token, this.#timers, () => this.#renew());
    const { signal } = this.#end;
    globalThis.addEventListener?.('online', () => this.#online(), { signal });
    globalThis.document?.addEventListener('visibilitychange', () => document.hidden || this.#hurry(), { signal });
  }

  // ---- what an application calls ----

  on(name, listener) {
    (this.#listeners[name] ??= new Set()).add(listener);
    return () => this.#listeners[name].delete(listener);
  }

  subscribe(channel, handler, { since, ref = unique() } = {}) {
    const sub = new Subscription(channel, handler, { since, ref, close: () => this.#forget(sub) });
    this.#subs.add(sub);
    this.#later();
    return sub;
  }

  /** One after the other, so that they arrive in the order of the calls. */
  publish(channel, data, options) {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(data) };
    const send = () => this.#requests.json(`channels/${channel}/publications`, options, init);
    return (this.#sending = this.#sending.then(send, send));
  }

  presence(channel) {
    return this.#requests.json(`channels/${channel}/presence`);
  }

  history(channel, options) {
    return this.#requests.json(`channels/${channel}/publications`, options);
  }

  get transport() {
    return this.#up ? this.#transport : null;
  }

  connect() {
    this.#stopped = this.#bound = this.#refused = false;
    this.#hurry();
    this.#later();
  }

  close() {
    this.#subs.clear();
    this.#arrange();
    this.#stopped = true;
    this.#timers.clear();
    this.#end.abort();
  }

  // ---- which link there is ----

  /** Begins a link at the cursors; as a probe for the transport at that index, beside the link that works. */
  #open(transport, probe) {
    this.#timers.clear('wait');
    const tabs = transport === 'tabs';
    const { group, since } = tabs ? { group: [] } : this.#group();
    const names = new Set(group.map(sub => sub.channel));
    const abort = new AbortController();
    const link = {
      transport,
      probe,
      abort,
      names,
      requests: this.#requests,
      signal: abort.signal,
      query: { channel: [...names], since, client: this.#options.client },
      asked: new Set(group), // on their way into subs, for whom all is that is heard
      subs: new Set(tabs ? [this.#own] : []),
      opened: Date.now(),
      seen: Date.now(),
      limit: this.#options.openTimeout * 1000,
      hear: frame => this.#hear(link, frame),
      name: this.#name,
      end: this.#end.signal,
      direct: tap => new Carillon(this.#base.href, { ...this.#options, shared: false, tap }),
    };
    if (probe === undefined) this.#link = link;
    else this.#probe = link;
    // By the wall clock: a machine that has slept finds out at once.
    link.watch = setInterval(() => {
      if (Date.now() - link.seen > link.limit) this.#lost(link, new Error(link.live ? 'silence' : 'no answer'));
    }, 1000);
    TRANSPORTS[transport](link).then(
      () => this.#lost(link, new Error('ended')),
      failure => this.#lost(link, failure),
    );
  }

  /** Who begins together: those that were together before, else all with the first one's cursor. The others join later. */
  #group() {
    const subs = [...this.#subs];
    const known = subs.filter(sub => sub.known);
    if (!known.length) this.#own.cursor = undefined;
    const group = known.length ? known : subs.filter(sub => sub.cursor === subs[0].cursor);
    const cursors = [...group, this.#own].map(sub => sub.cursor).filter(cursor => cursor !== undefined);
    return { group, since: cursors.length ? Math.min(...cursors) : undefined };
  }

  #works(link) {
    if (link.live) return;
    link.live = true;
    this.#timers.clear('wait');
    if (link === this.#probe) {
      this.#drop(this.#link);
      this.#link = link;
      this.#probe = null;
    }
    this.#at = this.#transports.indexOf(link.transport);
    this.#failed = 0;
    this.#refused = false;
    if (link.transport !== 'tabs') {
      remembered(this.#memory, link.transport);
      this.#opened(link.transport);
      this.#planUpgrade();
    }
    this.#later();
  }

  #opened(transport) {
    const from = this.#transport;
    const news = !this.#up;
    this.#transport = transport;
    this.#up = true;
    if (news) this.#emit('open', { transport });
    if (from !== transport) this.#emit('transport', { transport, from });
  }

  #planUpgrade() {
    if (!this.#at) this.#probes = 0;
    if (!this.#at) return;
    const wait = this.#options.upgradeAfter * 2 ** Math.min(MOST_PROBES, this.#probes++);
    this.#timers.set('upgrade', wait * 1000, () => this.#tryBetter(0));
  }

  /** The link that there is goes on until the better one has said that it works. */
  #tryBetter(index) {
    if (!this.#link?.live || this.#probe) return; // whichever works next plans anew
    if (index >= this.#at) this.#planUpgrade();
    else this.#open(this.#transports[index], index);
  }

  /** A link is over; what comes now? */
  #lost(link, failure) {
    if (link.over) return;
    this.#drop(link);
    if (link === this.#probe) {
      this.#probe = null;
      this.#tryBetter(link.probe + 1);
      return;
    }
    this.#link = null;
    const { code, status, message, reconnect, retryAfter } = failure;
    if (code === 4003 || code === 4501) this.#requests.forget();
    const anew = code === 4501 && this.#requests.renewable && !this.#refused;
    this.#refused ||= anew;
    const fatal = !anew && final(failure);
    if (!link.live && !fatal && !anew && !retryAfter && !reconnect) {
      this.#at = (this.#at + 1) % this.#transports.length;
      if (++this.#failed % this.#transports.length) return this.#open(this.#transports[this.#at]);
    }
    const retryIn = anew ? 0 : this.#delay(link, retryAfter);
    const detail = { code, status, message, fatal, retryIn: fatal ? undefined : retryIn / 1000 };
    this.#bound = retryAfter;
    this.#stopped = fatal;
    if (!fatal) this.#timers.set('wait', retryIn, () => this.#open(this.#transports[this.#at]));
    const live = this.#up;
    this.#down(detail);
    if (fatal || !live) this.#emit('error', detail);
  }

  /** Back-off with full jitter, unless the hub has said how long; milliseconds. */
  #delay(link, retryAfter) {
    const { minDelay, maxDelay } = this.#options;
    if (link.live && Date.now() - link.opened > STABLE) this.#attempts = 0;
    const first = this.#attempts === 0;
    const chance = Math.random() * Math.min(maxDelay, minDelay * 2 ** this.#attempts++) * 1000;
    if (retryAfter) return retryAfter * 1000 + chance;
    return (first && link.retry) || chance;
  }

  #drop(link) {
    if (!link) return;
    link.over = true;
    clearInterval(link.watch);
    link.abort.abort();
  }

  #reopen() {
    this.#drop(this.#link);
    this.#open(this.#link.transport);
  }

  #hurry() {
    if (this.#timers.has('wait') && !this.#bound) this.#open(this.#transports[this.#at]);
  }

  /** The network is back: what was open before it went is not to be trusted. */
  #online() {
    this.#probes = 0;
    if (this.#link?.live) this.#reopen();
    else this.#hurry();
  }

  #down(detail) {
    if (!this.#up) return;
    this.#up = false;
    this.#emit('close', detail);
  }

  async #renew() {
    const link = this.#link;
    if (!link?.live || link.transport === 'long-poll' || link.transport === 'tabs') return; // the next request has it
    try {
      const token = await this.#requests.token();
      if (link.over) return;
      if (link.send) link.send({ type: 'auth', token });
      else this.#reopen();
    } catch ({ message }) {
      this.#emit('error', { message, fatal: false }); // asked for again when the hub has ended the link
    }
  }

  // ---- what is heard ----

  #hear(link, frame) {
    if (link.over) return;
    link.seen = Date.now();
    this.#heard[frame.type]?.(frame, link);
  }

  #heard = {
    welcome: ({ heartbeat }, link) => {
      link.limit = 2000 * (heartbeat ?? this.#options.heartbeat);
      this.#works(link);
    },
    subscribed: ({ channel, since, ref }, link) => {
      for (const sub of link.asked) if (ref ? sub.ref === ref : sub.channel === channel) this.#join(sub, since, link);
      this.#join(this.#own, since, link);
    },
    message: (frame, link) => {
      this.#tap(frame);
      const { type, only, ...publication } = frame;
      for (const sub of this.#meant(only, link)) sub.take(publication);
    },
    gap: (frame, link) => {
      this.#tap(frame);
      this.#missed(frame, this.#meant(frame.only, link));
    },
    cursor: ({ id }, link) => {
      this.#tap({ type: 'cursor', id });
      if (!link.send) for (const sub of [...link.asked, this.#own]) this.#join(sub, id, link);
      for (const sub of link.subs) sub.reach(id);
    },
    unsubscribed: ({ channel, ref }) => {
      if (ref) return; // it was our wish
      for (const sub of this.#subs) if (sub.channel === channel) this.#refuse(sub, { code: 'forbidden' });
    },
    error: ({ ref, code, message }, link) => {
      const [sub] = ref ? this.#meant(ref) : [];
      if (sub) this.#refuse(sub, { code, message });
      else if (link.live) this.#emit('error', { code, message, fatal: false });
    },
    ping: (frame, link) => link.send({ type: 'pong' }),
    bye: (frame, link) => this.#lost(link, new CarillonError({ ...frame, message: frame.reason })),
    // What the tab that leads says of its links.
    event: ({ name, detail }) => {
      if (name === 'open' || name === 'transport') this.#opened(detail.transport);
      else if (name === 'close') this.#down(detail);
      else this.#emit(name, detail);
    },
    leader: (frame, link) => this.#link === link && this.#reopen(),
  };

  /** All that are together, or the one that is catching up by itself. */
  #meant(ref, link) {
    return ref ? [...this.#subs].filter(sub => sub.ref === ref) : link.subs;
  }

  #missed({ channel, from, to }, subs) {
    const told = [...subs].map(sub => sub.miss({ channel, from, to })).filter(since => since !== undefined);
    if (!told.length) return;
    const detail = { channel, from: Math.max(from, Math.min(...told)), to };
    if (!this.#emit('gap', detail)) console.warn('carillon: gap, refetch the state', detail);
  }

  // ---- who is on the link ----

  #join(sub, cursor, link) {
    if (link.subs.has(sub)) return;
    sub.cursor ??= cursor;
    sub.known = true;
    link.asked.delete(sub);
    link.subs.add(sub);
    this.#tap({ type: 'subscribed', ref: sub.ref, since: sub.cursor });
  }

  #later() {
    if (!this.#timers.has('arrange')) this.#timers.set('arrange', 0, () => this.#arrange());
  }

  /** Brings the link in line with the subscriptions that there are now. */
  #arrange() {
    const link = this.#link;
    if (!this.#subs.size) {
      this.#timers.clear('wait');
      this.#drop(link);
      this.#drop(this.#probe);
      this.#link = this.#probe = null;
      return this.#down({ message: 'no subscriptions', fatal: false });
    }
    if (this.#stopped || this.#timers.has('wait')) return;
    if (!link) return this.#open(this.#transports[this.#at]);
    if (!link.live) return;
    for (const sub of this.#subs) if (!link.subs.has(sub) && !link.asked.has(sub)) this.#add(sub, link);
    const wanted = new Set([...this.#subs].map(sub => sub.channel));
    const left = [...link.names].filter(channel => !wanted.has(channel));
    if (left.length && !link.send) return this.#reopen();
    for (const channel of left) {
      link.names.delete(channel);
      link.send({ type: 'unsubscribe', channel, ref: 'left' });
    }
  }

  #add(sub, link) {
    const { channel, cursor, ref } = sub;
    link.asked.add(sub);
    if (!link.send) return this.#catchUp(sub, link);
    link.names.add(channel);
    link.send({ type: 'subscribe', channel, since: cursor, ref });
  }

  /** A stream and a poll have one cursor: who joins later is first brought alongside, by polls of its own. */
  async #catchUp(sub, link) {
    const { signal } = link;
    try {
      let answer;
      do {
        const query = { channel: sub.channel, last_id: sub.cursor, timeout: 1 };
        answer = await this.#requests.json('poll', query, { signal });
        if (link.over || !this.#subs.has(sub)) return;
        for (const frame of frames(answer)) this.#heard[frame.type]({ ...frame, only: sub.ref });
        sub.cursor = answer.cursor;
      } while (answer.messages.length);
      sub.known = true;
      if ([...this.#subs].every(({ known }) => known)) this.#reopen();
    } catch (failure) {
      if (final(failure)) this.#refuse(sub, failure);
      else this.#lost(link, failure); // all of them come back, after a while
    }
  }

  #forget(sub) {
    this.#subs.delete(sub);
    this.#link?.subs.delete(sub);
    this.#later();
  }

  #refuse(sub, { code, status, message }) {
    this.#forget(sub);
    this.#tap({ type: 'error', ref: sub.ref, code, message });
    this.#emit('error', { channel: sub.channel, code, status, message, fatal: false });
  }

  // ---- who is told ----

  #emit(name, detail) {
    for (const listener of this.#listeners[name] ?? []) guarded(() => listener(detail));
    return this.#listeners[name]?.size;
  }

  #tap(frame) {
    this.#options.tap?.(frame);
  }

  get #name() {
    return `carillon ${this.#base}`;
  }

  /** What was best of other transports says nothing of these. */
  get #memory() {
    return `${this.#name} ${this.#transports}`;
  }
}

export { Carillon, CarillonError };
