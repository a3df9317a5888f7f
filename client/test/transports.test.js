import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { stage } from './support/stage.js';
import { problem } from './support/hub.js';

const on = stage();
const network = new EventTarget();
globalThis.addEventListener = network.addEventListener.bind(network);
const ALL = ['websocket', 'sse', 'long-poll'];

test('begins with the WebSocket', async () => {
  const client = on.client();
  const ids = on.ids(client, 'orders');
  await on.clock.pass(0.1);
  const id = on.hub.publish('orders');
  await on.clock.pass(0.1);
  assert.deepEqual([...ids], [id]);
  assert.deepEqual(client.events, [
    ['open', { transport: 'websocket' }],
    ['transport', { transport: 'websocket', from: null }],
  ]);
  assert.equal(client.transport, 'websocket');
});

test('what is refused is passed over at once, down to the long-poll', async () => {
  on.hub.broken = { websocket: 'refuse', sse: () => problem(404, 'not-found') };
  const client = on.client();
  on.ids(client, 'orders');
  await on.clock.pass(2);
  assert.equal(client.transport, 'long-poll');
  assert.deepEqual(on.asked().slice(0, 3), ALL);
  assert.deepEqual(client.named('error'), []);
});

test('what swallows everything is passed over after openTimeout', async () => {
  on.hub.broken = { websocket: 'hang', sse: 'hang' };
  const client = on.client({ openTimeout: 4 });
  on.ids(client, 'orders');
  await on.clock.pass(4);
  assert.equal(client.transport, null);
  await on.clock.pass(8);
  assert.equal(client.transport, 'long-poll');
});

test('an answer that is no event stream is none', async () => {
  on.hub.broken = { websocket: 'refuse', sse: () => new Response('<h1>Welcome to our WLAN</h1>') };
  const client = on.client();
  on.ids(client, 'orders');
  await on.clock.pass(2);
  assert.equal(client.transport, 'long-poll');
});

test('works without a WebSocket, as in Node 20', async () => {
  delete globalThis.WebSocket;
  const client = on.client();
  on.ids(client, 'orders');
  await on.clock.pass(0.1);
  assert.equal(client.transport, 'sse');
});

test('transports restricts and orders', async () => {
  const client = on.client({ transports: ['long-poll', 'sse'] });
  on.ids(client, 'orders');
  await on.clock.pass(2);
  assert.equal(client.transport, 'long-poll');
  assert.deepEqual([...new Set(on.asked())], ['long-poll']);
});

test('calls itself by one name on all transports, so that a hub knows it again', async () => {
  const client = on.client({ upgradeAfter: 1 });
  on.ids(client, 'room');
  await on.clock.pass(0.1);
  on.hub.broken = { websocket: 'refuse' };
  on.hub.cut();
  await on.clock.pass(1);
  on.hub.broken = { websocket: 'refuse', sse: 'refuse' };
  on.hub.cut();
  await on.clock.pass(10);
  on.hub.broken = {};
  await on.clock.pass(10);
  assert.deepEqual([...new Set(on.asked())].sort(), [...ALL].sort());
  const names = new Set(on.hub.queries.map(query => query.get('client')));
  assert.equal(names.size, 1);
  assert.match([...names][0], /^[A-Za-z0-9_.:-]{1,64}$/);

  on.hub.queries = [];
  on.ids(on.client(), 'room');
  on.ids(on.client({ client: 'kitchen' }), 'room');
  await on.clock.pass(0.1);
  const others = on.hub.queries.map(query => query.get('client'));
  assert.equal(others[1], 'kitchen');
  assert.ok(others[0] && !names.has(others[0]));
});

test('remembers what worked', async () => {
  on.hub.broken = { websocket: 'refuse' };
  const first = on.client();
  on.ids(first, 'orders');
  await on.clock.pass(1);
  first.close();
  on.hub.asked = [];
  on.ids(on.client(), 'orders');
  await on.clock.pass(1);
  assert.deepEqual(on.asked(), ['sse']);
});

test('moves back up beside the link that works, with nothing lost and nothing twice', async () => {
  on.hub.broken = { websocket: 'refuse', sse: 'refuse' };
  const client = on.client({ upgradeAfter: 60 });
  const ids = on.ids(client, 'orders');
  await on.clock.pass(2);
  const expected = [];
  const talk = async seconds => {
    for (let i = 0; i < seconds; i++) {
      expected.push(on.hub.publish('orders'));
      await on.clock.pass(1);
    }
  };
  await talk(70);
  assert.equal(client.transport, 'long-poll');
  delete on.hub.broken.sse;
  await talk(120);
  assert.equal(client.transport, 'sse');
  delete on.hub.broken.websocket;
  await talk(300);
  assert.equal(client.transport, 'websocket');
  assert.deepEqual(on.hub.open, ['websocket']);
  assert.deepEqual([...ids], expected);
  assert.equal(client.named('close').length, 0);
  assert.deepEqual(client.named('transport').map(({ transport }) => transport), ['long-poll', 'sse', 'websocket']);
});

test('a failed upgrade is tried again after ever longer', async () => {
  on.hub.broken = { websocket: 'refuse' };
  on.ids(on.client({ upgradeAfter: 60 }), 'orders');
  const beats = setInterval(() => on.hub.beat(), 25_000);
  await on.clock.pass(5000);
  clearInterval(beats);
  const times = on.hub.asked.filter(({ what }) => what === 'websocket').map(({ at }) => at);
  const waits = times.slice(1).map((at, i) => Math.round((at - times[i]) / 1000));
  assert.deepEqual(waits, [60, 120, 240, 480, 960, 960, 960, 960]);
});

test('back-off doubles with full jitter up to the longest, a round of all transports each time', async () => {
  on.hub.broken = { websocket: 'refuse', sse: 'refuse', 'long-poll': 'refuse' };
  const client = on.client();
  on.ids(client, 'orders');
  await on.clock.pass(200);
  const waits = client.named('error').map(({ retryIn }) => retryIn);
  assert.deepEqual(waits.slice(0, 9), [0.5, 1, 2, 4, 8, 16, 30, 30, 30]);
  assert.deepEqual(on.asked().slice(0, 6), [...ALL, ...ALL]);

  mock.method(Math, 'random', () => 0.1);
  await on.clock.pass(60);
  assert.equal(client.named('error').at(-1).retryIn, 3);
});

test('back-off begins anew only after a link that lasted', async () => {
  const client = on.client({ transports: ['websocket'] });
  on.ids(client, 'orders');
  for (let i = 0; i < 4; i++) {
    await on.clock.pass(5);
    on.hub.cut();
    await on.clock.pass(0.1);
  }
  await on.clock.pass(20);
  on.hub.cut();
  await on.clock.pass(0.1);
  assert.deepEqual(client.named('close').map(({ retryIn }) => retryIn), [0.5, 1, 2, 4, 0.5]);
});

test('Retry-After is obeyed, also when the network comes back meanwhile', async () => {
  on.hub.broken = { websocket: 'refuse', sse: () => problem(503, 'unavailable', { 'Retry-After': '20' }) };
  const client = on.client({ maxDelay: 0.5 });
  on.ids(client, 'orders');
  await on.clock.pass(1);
  assert.deepEqual(on.asked(), ['websocket', 'sse']);
  assert.equal(client.named('error')[0].retryIn, 20.5);
  network.dispatchEvent(new Event('online'));
  await on.clock.pass(19);
  assert.deepEqual(on.asked(), ['websocket', 'sse']);
  await on.clock.pass(2);
  assert.equal(on.asked().length > 2, true);
});

test("the stream's retry is obeyed", async () => {
  const client = on.client({ transports: ['sse'] });
  on.ids(client, 'orders');
  await on.clock.pass(20);
  on.hub.cut();
  await on.clock.pass(0.1);
  assert.equal(client.named('close')[0].retryIn, 1.5);
});

for (const transport of ALL) {
  test(`bye on ${transport}: comes back, or does not`, async () => {
    const client = on.client({ transports: [transport] });
    on.ids(client, 'orders');
    await on.clock.pass(2);
    on.hub.bye(4000, true);
    await on.clock.pass(5);
    assert.deepEqual(client.named('close').map(({ code, message, fatal }) => ({ code, message, fatal })), [
      { code: 4000, message: 'because', fatal: false },
    ]);
    assert.equal(client.transport, transport);

    on.hub.bye(4503, false);
    await on.clock.pass(100);
    assert.equal(client.named('close')[1].fatal, true);
    assert.deepEqual(client.named('error').map(({ code, fatal }) => ({ code, fatal })), [{ code: 4503, fatal: true }]);
    assert.deepEqual(on.hub.open, []);

    client.connect();
    await on.clock.pass(2);
    assert.equal(client.transport, transport);
  });

  test(`silence on ${transport} is noticed after twice the heartbeat, and nothing is missed`, async () => {
    const client = on.client({ transports: [transport] });
    const ids = on.ids(client, 'orders');
    await on.clock.pass(2);
    on.hub.blackHole();
    const id = on.hub.publish('orders');
    await on.clock.pass(20);
    assert.deepEqual([...ids], []);
    await on.clock.pass(35);
    assert.deepEqual([...ids], [id]);
    assert.equal(client.named('close')[0].message, 'silence');
  });

  test(`after a sleep of the machine ${transport} reconnects at once`, async () => {
    const client = on.client({ transports: [transport] });
    const ids = on.ids(client, 'orders');
    await on.clock.pass(2);
    on.hub.blackHole();
    const id = on.hub.publish('orders');
    on.clock.sleep(3600);
    await on.clock.pass(3);
    assert.deepEqual([...ids], [id]);
  });
}

test('heartbeats keep a quiet link', async () => {
  for (const transport of ['websocket', 'sse']) {
    const client = on.client({ transports: [transport] });
    on.ids(client, 'orders');
  }
  for (let i = 0; i < 8; i++) {
    await on.clock.pass(25);
    on.hub.beat();
  }
  for (const client of on.clients) assert.equal(client.named('close').length, 0);
});

test('when the network comes back a wait ends, and a link that seemed open is made anew', async () => {
  const client = on.client({ transports: ['websocket'] });
  const ids = on.ids(client, 'orders');
  await on.clock.pass(1);
  on.hub.blackHole();
  const missed = on.hub.publish('orders');
  network.dispatchEvent(new Event('online'));
  await on.clock.pass(0.1);
  assert.deepEqual([...ids], [missed]);
  assert.equal(client.named('close').length, 0);

  on.hub.broken.websocket = 'refuse';
  on.hub.cut();
  await on.clock.pass(120);
  delete on.hub.broken.websocket;
  network.dispatchEvent(new Event('online'));
  await on.clock.pass(0.1);
  assert.equal(client.transport, 'websocket');
});

test('is connected only while somebody is subscribed', async () => {
  const client = on.client();
  await on.clock.pass(10);
  assert.deepEqual(on.asked(), []);
  const { sub } = on.ids(client, 'orders');
  await on.clock.pass(1);
  assert.deepEqual(on.hub.open, ['websocket']);
  sub.close();
  await on.clock.pass(1);
  assert.deepEqual(on.hub.open, []);
  assert.equal(client.named('close')[0].message, 'no subscriptions');
});
