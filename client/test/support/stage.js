import { afterEach, beforeEach, mock } from 'node:test';
import { Carillon } from '../../carillon.js';
import { FakeClock } from './clock.js';
import { FakeHub } from './hub.js';

/** A fresh clock and hub for each test of a file, and what the clients of the test have heard. */
export function stage() {
  const on = {};
  beforeEach(() => {
    on.clock = new FakeClock();
    on.hub = new FakeHub();
    on.clients = [];
    mock.method(Math, 'random', () => 1);
    globalThis.localStorage = memory();
  });
  afterEach(() => {
    on.clients.forEach(client => client.close());
    on.hub.restore();
    on.clock.restore();
    mock.restoreAll();
    delete globalThis.localStorage;
  });

  /** A client whose events are noted as [name, detail]. */
  on.client = options => {
    const client = new Carillon('http://hub/v1', options);
    client.events = [];
    for (const name of ['open', 'close', 'gap', 'transport', 'error', 'direct']) {
      client.on(name, detail => client.events.push([name, detail]));
    }
    client.named = name => client.events.filter(([is]) => is === name).map(([, detail]) => detail);
    on.clients.push(client);
    return client;
  };
  /** A subscription whose ids are noted. */
  on.ids = (client, channel, options) => {
    const ids = [];
    ids.sub = client.subscribe(channel, ({ id }) => ids.push(id), options);
    return ids;
  };
  /** What was asked for since the start of the test, without times. */
  on.asked = () => on.hub.asked.map(({ what }) => what);
  return on;
}

function memory() {
  const items = new Map();
  return { getItem: name => items.get(name) ?? null, setItem: (name, value) => items.set(name, value) };
}
