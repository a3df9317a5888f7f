import { Backoff } from './backoff.js';
import { Ledger } from './ledger.js';
import { openPoll } from './poll.js';
import { openEvents } from './sse.js';
import { openSocket } from './ws.js';

export const TRANSPORTS = {
  ws: { label: 'WebSocket', open: openSocket },
  sse: { label: 'SSE', open: openEvents },
  poll: { label: 'long-poll', open: openPoll },
};

/**
 * One subscriber's place in its channels: a cursor that outlives connections, and the rule for coming back.
 *
 * A transport is a function `open({channels, cursor, on})` that returns a link: `{close(), chat?(object)}`. The link calls
 *   on.open()                          the hub answered, from here on we are live
 *   on.cursor(id)                      the hub said where we stand
 *   on.publication({channel, id, event, data, time})
 *   on.gap({channel, from, to})
 *   on.notice(text)                    the hub complained, the connection stays
 *   on.retrying(reason)                the connection is gone and the browser itself will reopen it, then on.open() again
 *   on.lost({reason, final, after})    it is gone: for good (`final`), or until `after` ms (absent: the session decides)
 * and after close() whatever it still calls is ignored.
 *
 * Events, each with its `detail`: `state` {state, reason, until}, `open` {transport, cursor}, `publication`, `gap`, `notice`.
 * States: connecting, live, waiting (comes back by itself at `until`, or when the browser likes), cut (stays so until connect()).
 */
export class Session extends EventTarget {
  ledger = new Ledger();
  state = 'cut';
  transport = null;
  #channels;
  #link = null;
  #timer = null;
  #backoff = new Backoff();

  constructor(channels) {
    super();
    this.#channels = channels;
  }

  /** Connects, or changes to another transport: always at the cursor. */
  connect(transport = this.transport) {
    this.#drop();
    this.transport = transport;
    this.#enter('connecting');
    const link = {}; // the listener tells by it whether it is still spoken to, so it comes before the transport
    this.#link = link;
    const { cursor } = this.ledger;
    Object.assign(link, TRANSPORTS[transport].open({ channels: this.#channels, cursor, on: this.#listenerFor(link) }));
  }

  disconnect(reason) {
    this.#drop();
    this.#enter('cut', { reason });
  }

  /** Whoever waits need not wait longer: the network is back, or somebody looks at the page again. */
  hurry() {
    if (this.state === 'waiting') this.connect();
  }

  /** Sends in the plain chat dialect; false when the connection cannot, then publish by HTTP. */
  chat(object) {
    return this.state === 'live' && Boolean(this.#link.chat?.(object));
  }

  #listenerFor(link) {
    const handlers = {
      open: () => {
        this.#backoff.reset();
        this.#enter('live');
        this.#emit('open', { transport: this.transport, cursor: this.ledger.cursor });
      },
      cursor: id => {
        this.ledger.cursor = id;
        this.#emit('cursor');
      },
      publication: publication => {
        if (this.ledger.accept(publication)) this.#emit('publication', { ...publication, transport: this.transport });
        else this.#emit('cursor');
      },
      gap: gap => {
        this.ledger.gap(gap);
        this.#emit('gap', gap);
      },
      notice: text => this.#emit('notice', text),
      retrying: reason => this.#enter('waiting', { reason }),
      lost: ({ reason, final, after }) => {
        if (final) this.disconnect(reason);
        else this.#comeBack(reason, after ?? this.#backoff.next());
      },
    };
    const whileCurrent = handler => (...detail) => {
      if (this.#link === link) handler(...detail);
    };
    return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, whileCurrent(handler)]));
  }

  #comeBack(reason, delay) {
    this.#drop();
    this.#timer = setTimeout(() => this.connect(), delay);
    this.#enter('waiting', { reason, until: Date.now() + delay });
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const link = this.#link;
    this.#link = null;
    link?.close();
  }

  #enter(state, detail = {}) {
    this.state = state;
    this.#emit('state', { state, ...detail });
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
