import { setMaxListeners } from 'node:events';
import { currentTab } from './browser.js';

/**
 * A hub in a few lines, behind fakes of fetch and WebSocket: one log, three transports, the same cursor. What stands in the
 * way of a transport is in `broken`: 'refuse', 'hang', or a function that answers a Response.
 */
export class FakeHub {
  head = 1000;
  floor = 0;
  log = [];
  broken = {};
  /** What was asked for, each with its time: 'websocket', 'sse', 'long-poll', 'ticket', 'publish'. */
  asked = [];
  queries = [];
  tokens = [];
  forbidden = new Set();
  /** Whether a token or ticket holds; undefined is a stranger. */
  knows = () => true;
  published = [];
  #connections = new Set();
  #real = { fetch: globalThis.fetch, WebSocket: globalThis.WebSocket };

  constructor() {
    globalThis.fetch = (url, init) => this.#fetch(new URL(url), init);
    const hub = this;
    globalThis.WebSocket = class extends FakeSocket {
      constructor(url) {
        super();
        hub.#socket(new URL(url), this);
      }
    };
  }

  restore() {
    this.cut();
    Object.assign(globalThis, this.#real);
  }

  publish(channel, data = {}, event = 'message') {
    this.log.push({ channel, id: ++this.head, event, data, time: Date.now() });
    for (const connection of this.#connections) this.#drain(connection);
    return this.head;
  }

  /** What is up to here is not retained any more. */
  lose(upTo) {
    this.floor = upTo;
    this.log = this.log.filter(({ id }) => id > upTo);
  }

  /** All connections break. */
  cut() {
    for (const connection of [...this.#connections]) this.#end(connection, 1006);
  }

  bye(code, reconnect) {
    for (const connection of [...this.#connections]) {
      connection.write({ type: 'bye', code, reason: 'because', reconnect });
      this.#end(connection, code);
    }
  }

  /** A new token does not allow a channel any more. */
  expel(channel) {
    for (const connection of this.#connections) {
      connection.subs.delete(channel);
      connection.write({ type: 'unsubscribed', channel });
    }
  }

  /** Those of a tab that has crashed. */
  vanish(tab) {
    for (const connection of this.#connections) if (connection.tab === tab) this.#connections.delete(connection);
  }

  /** A heartbeat. */
  beat() {
    for (const connection of this.#connections) connection.write({ type: 'ping' });
  }

  get open() {
    return [...this.#connections].map(({ transport }) => transport);
  }

  /** What the sockets have heard, but for pongs. */
  heard = [];

  // ---- what all transports share ----

  #enter(connection, query) {
    const since = query.get('since') ?? query.get('last_id');
    connection.subs = new Map();
    this.#connections.add(connection);
    connection.begin?.(since === null ? this.head : Number(since));
    for (const name of query.getAll('channel')) this.#subscribe(connection, name, since === null ? undefined : Number(since));
    this.#drain(connection);
  }

  #subscribe(connection, name, since, ref) {
    const gone = since > this.head || (since > 0 && since < this.floor);
    connection.subs.set(name, gone ? this.floor : (since ?? this.head));
    connection.write({ type: 'subscribed', channel: name, since: connection.subs.get(name), head: this.head, recovered: !gone, ref });
    if (gone) connection.write({ type: 'gap', channel: name, from: since, to: this.floor });
  }

  #drain(connection) {
    const wanted = this.log.filter(p => [...connection.subs].some(([name, cursor]) => p.id > cursor && matches(name, p.channel)));
    if (wanted.length && !connection.stuck) {
      for (const name of connection.subs.keys()) connection.subs.set(name, this.head);
      connection.deliver ? connection.deliver(wanted) : wanted.forEach(p => connection.write({ type: 'message', ...p }));
    }
  }

  /** Nothing more comes through, and nobody says so. */
  blackHole() {
    for (const connection of this.#connections) {
      connection.stuck = true;
      connection.write = () => {};
    }
  }

  #end(connection, code) {
    this.#connections.delete(connection);
    connection.end(code);
  }

  // ---- one transport each ----

  #socket(url, socket) {
    this.asked.push({ what: 'websocket', at: Date.now() });
    this.queries.push(url.searchParams);
    const gone = () => this.#connections.delete(connection);
    const connection = {
      transport: 'websocket',
      tab: currentTab(),
      write: frame => socket.receive(frame),
      end: code => socket.end(code),
    };
    socket.client = frame => this.#hear(connection, frame);
    socket.left = gone;
    setTimeout(() => {
      if (socket.readyState === 3) return;
      if (this.broken.websocket === 'refuse') return socket.end(1006);
      if (this.broken.websocket === 'hang') return;
      socket.readyState = 1;
      if (!this.knows(url.searchParams.get('ticket') ?? undefined)) {
        socket.receive({ type: 'bye', code: 4501, reason: 'unauthorized', reconnect: false });
        return socket.end(4501);
      }
      socket.receive({ type: 'welcome', connection: 'c-1', node: 'n', heartbeat: 25 });
      this.#enter(connection, url.searchParams);
    });
  }

  #hear(connection, frame) {
    if (frame.type === 'pong') return;
    this.heard.push(frame);
    const { type, channel, since, ref } = frame;
    if (type === 'subscribe' && this.forbidden.has(channel)) {
      connection.write({ type: 'error', code: 'forbidden', message: 'no', ref });
    } else if (type === 'subscribe') {
      this.#subscribe(connection, channel, since, ref);
      this.#drain(connection);
    } else if (type === 'unsubscribe') {
      connection.subs.delete(channel);
      connection.write({ type: 'unsubscribed', channel, ref });
    }
  }

  async #fetch(url, init = {}) {
    const path = url.pathname.replace('/v1/', '');
    init.signal?.throwIfAborted();
    if (init.signal) setMaxListeners(0, init.signal);
    const what = { events: 'sse', poll: 'long-poll', tickets: 'ticket' }[path] ?? 'publish';
    const token = init.headers?.Authorization?.slice('Bearer '.length);
    this.asked.push({ what, at: Date.now() });
    this.queries.push(url.searchParams);
    this.tokens.push(token);
    const broken = this.broken[what];
    if (broken === 'refuse') throw new TypeError('no network');
    if (broken === 'hang') return new Promise((_, fail) => init.signal?.addEventListener('abort', () => fail(init.signal.reason)));
    if (broken) return broken();
    if (!this.knows(token)) return problem(401, 'unauthorized');
    if (url.searchParams.getAll('channel').some(name => this.forbidden.has(name))) return problem(403, 'forbidden');
    if (what === 'ticket') return json(201, { ticket: token, seconds: 30 });
    if (what === 'publish') return this.#take(url, init);
    return what === 'sse' ? this.#stream(url, init) : this.#poll(url, init);
  }

  #take(url, init) {
    const channel = url.pathname.split('/')[3];
    if (init.method !== 'POST') return json(200, { channel, query: Object.fromEntries(url.searchParams) });
    this.published.push({ channel, data: JSON.parse(init.body), ...Object.fromEntries(url.searchParams) });
    return json(201, { id: this.publish(channel, JSON.parse(init.body)), channel, duplicate: false });
  }

  #stream(url, { signal }) {
    let controller;
    const body = new ReadableStream({ start: it => void (controller = it) });
    const send = text => controller.enqueue(new TextEncoder().encode(text));
    const connection = {
      transport: 'sse',
      tab: currentTab(),
      begin: cursor => send(`: connection c-1\n\nretry: 1500\nid: ${cursor}\n\n`),
      write: ({ type, ...frame }) => {
        const data = JSON.stringify(frame, null, 1).replaceAll('\n', '\ndata: ');
        if (type === 'message') send(`id: ${frame.id}\nevent: ${frame.event}\ndata: ${data}\n\n`);
        if (type === 'gap') send(`id: ${frame.to}\nevent: gap\ndata: ${data}\n\n`);
        if (type === 'bye') send(`event: bye\ndata: ${data}\n\n`);
        if (type === 'ping') send(': beat\n\n');
      },
      end: code => (code === 1006 ? controller.error(new TypeError('network error')) : controller.close()),
    };
    signal?.addEventListener('abort', () => {
      if (this.#connections.delete(connection)) controller.error(signal.reason);
    });
    this.#enter(connection, url.searchParams);
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream;charset=UTF-8' } });
  }

  #poll(url, { signal }) {
    return new Promise((resolve, reject) => {
      const gaps = [];
      const answer = (status, more = {}) => {
        clearTimeout(timer);
        this.#connections.delete(connection);
        const cursor = more.messages?.at(-1)?.id ?? Math.max(...connection.subs.values());
        resolve(json(200, { status, cursor, messages: [], gaps, ...more }));
      };
      const connection = {
        transport: 'long-poll',
        tab: currentTab(),
        write: ({ type, ...frame }) => {
          if (type === 'gap') gaps.push(frame);
          if (type === 'bye') answer('bye', frame);
        },
        deliver: messages => answer('ok', { messages }),
        end: () => reject(new TypeError('network error')),
      };
      const timer = setTimeout(() => connection.stuck || answer('timeout'), Number(url.searchParams.get('timeout')) * 1000);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        this.#connections.delete(connection);
        reject(signal.reason);
      });
      this.#enter(connection, url.searchParams);
      if (gaps.length) answer('ok');
    });
  }
}

class FakeSocket {
  readyState = 0;

  receive(frame) {
    if (this.readyState === 1) this.onmessage?.({ data: JSON.stringify(frame) });
  }

  send(text) {
    this.client(JSON.parse(text));
  }

  close() {
    this.left();
    this.end(1005);
  }

  end(code) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    setTimeout(() => this.onclose?.({ code, reason: '' }));
  }
}

export function problem(status, name, headers = {}) {
  const body = { type: `/problems/${name}`, title: name, status };
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json', ...headers } });
}

function json(status, body) {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

function matches(pattern, channel) {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\*\*$/, '.+').replaceAll('*', '[^.]+')}$`).test(channel);
}
