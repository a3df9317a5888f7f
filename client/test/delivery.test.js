import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { stage } from './support/stage.js';

const on = stage();
const ALL = ['websocket', 'sse', 'long-poll'];

for (const transport of ALL) {
  test(`${transport}: every publication once and in order, however often it breaks`, async () => {
    const client = on.client({ transports: [transport] });
    const ids = on.ids(client, 'orders.*');
    await on.clock.pass(2);
    const expected = [];
    for (let i = 0; i < 60; i++) {
      expected.push(on.hub.publish(`orders.${i % 3}`));
      on.hub.publish('other');
      if (i % 7 === 0) on.hub.cut();
      await on.clock.pass(0.3);
    }
    await on.clock.pass(60);
    assert.deepEqual([...ids], expected);
    assert.deepEqual(client.named('gap'), []);
  });

  test(`${transport}: subscriptions that overlap see each publication once each`, async () => {
    const client = on.client({ transports: [transport] });
    const [all, deep, one, same] = ['orders.*', '**', 'orders.7', 'orders.7'].map(name => on.ids(client, name));
    await on.clock.pass(4);
    const seven = on.hub.publish('orders.7');
    const eight = on.hub.publish('orders.8');
    await on.clock.pass(2);
    assert.deepEqual([[...all], [...deep], [...one], [...same]], [[seven, eight], [seven, eight], [seven], [seven]]);
  });

  test(`${transport}: a subscription that joins later with a cursor gets its past, the others nothing twice`, async () => {
    const past = [on.hub.publish('chat'), on.hub.publish('orders'), on.hub.publish('chat')];
    const client = on.client({ transports: [transport] });
    const orders = on.ids(client, 'orders');
    const chatNow = on.ids(client, 'chat');
    await on.clock.pass(2);
    const chat = on.ids(client, 'chat', { since: 1000 });
    const everything = on.ids(client, '*', { since: 0 });
    const fresh = on.ids(client, 'fresh');
    const live = [];
    for (let i = 0; i < 10; i++) {
      live.push(on.hub.publish('orders'), on.hub.publish('chat'));
      await on.clock.pass(0.5);
    }
    await on.clock.pass(5);
    const last = on.hub.publish('fresh');
    await on.clock.pass(2);
    const chats = live.filter((_, i) => i % 2 === 1);
    assert.deepEqual([...orders], live.filter((_, i) => i % 2 === 0));
    assert.deepEqual([...chatNow], chats);
    assert.deepEqual([...chat], [past[0], past[2], ...chats]);
    assert.deepEqual([...everything], [...past, ...live, last]);
    assert.deepEqual([...fresh], [last]);
  });

  test(`${transport}: a quiet channel keeps up with the others, and is told no gap that is none`, async () => {
    const client = on.client({ transports: [transport] });
    on.ids(client, 'quiet');
    const busy = on.ids(client, 'busy');
    await on.clock.pass(2);
    for (let i = 0; i < 5; i++) on.hub.publish('busy');
    await on.clock.pass(2);
    on.hub.lose(on.hub.head);
    on.hub.cut();
    await on.clock.pass(20);
    const id = on.hub.publish('busy');
    await on.clock.pass(2);
    assert.equal(busy.at(-1), id);
    assert.deepEqual(client.named('gap'), []);
  });

  test(`${transport}: what is lost is told as a gap, once`, async () => {
    const client = on.client({ transports: [transport] });
    const ids = on.ids(client, 'orders');
    on.ids(client, 'orders');
    await on.clock.pass(2);
    const before = on.hub.publish('orders');
    await on.clock.pass(1);
    on.hub.broken = { websocket: 'refuse', sse: 'refuse', 'long-poll': 'refuse' };
    on.hub.cut();
    await on.clock.pass(1);
    on.hub.publish('orders');
    on.hub.lose(on.hub.head);
    const kept = on.hub.publish('orders');
    on.hub.broken = {};
    await on.clock.pass(60);
    on.hub.cut();
    await on.clock.pass(60);
    assert.deepEqual([...ids], [before, kept]);
    assert.deepEqual(client.named('gap'), [{ channel: 'orders', from: before, to: kept - 1 }]);
  });

  test(`${transport}: a log that is lost is told as a gap, and everything of the new one comes`, async () => {
    const client = on.client({ transports: [transport] });
    const ids = on.ids(client, 'orders');
    await on.clock.pass(2);
    const before = on.hub.publish('orders');
    await on.clock.pass(2);
    on.hub.head = 500;
    on.hub.lose(before);
    on.hub.floor = 400;
    const after = on.hub.publish('orders');
    on.hub.cut();
    await on.clock.pass(20);
    assert.deepEqual([...ids], [before, after]);
    assert.deepEqual(client.named('gap'), [{ channel: 'orders', from: before, to: 400 }]);
  });

  test(`${transport}: what is said to this user alone comes as an event`, async () => {
    const client = on.client({ transports: [transport] });
    const all = on.ids(client, '**');
    await on.clock.pass(2);
    const publication = { channel: '$user.ann', id: on.hub.head + 1, event: 'message', data: { n: 1 } };
    on.hub.publish('$user.ann', { n: 1 });
    await on.clock.pass(2);
    const got = client.named('direct').map(({ channel, id, event, data }) => ({ channel, id, event, data }));
    // The fake delivers by pattern only: '**' asks for it, and still it is no part of '**' here.
    assert.deepEqual(got, [publication]);
    assert.deepEqual([...all], []);
  });

  test(`${transport}: data with line breaks arrives whole, and unknown events too`, async () => {
    const client = on.client({ transports: [transport] });
    const got = [];
    client.subscribe('orders', ({ event, data }) => got.push({ event, data }));
    await on.clock.pass(2);
    on.hub.publish('orders', { text: 'a\n\nb\u2028c', list: [1, 2] }, 'error');
    await on.clock.pass(2);
    assert.deepEqual(got, [{ event: 'error', data: { text: 'a\n\nb\u2028c', list: [1, 2] } }]);
  });

  test(`${transport}: a subscription that is refused ends, the others go on`, async () => {
    on.hub.forbidden.add('secret');
    const client = on.client({ transports: [transport] });
    const orders = on.ids(client, 'orders');
    await on.clock.pass(2);
    on.ids(client, 'secret');
    await on.clock.pass(3);
    const id = on.hub.publish('orders');
    on.hub.cut();
    await on.clock.pass(10);
    assert.deepEqual([...orders], [id]);
    assert.deepEqual(client.named('error').map(({ channel, code, fatal }) => ({ channel, code, fatal })), [
      { channel: 'secret', code: 'forbidden', fatal: false },
    ]);
  });
}

test('a gap that nobody listens to is warned of', async () => {
  const warn = mock.method(console, 'warn', () => {});
  const { Carillon } = await import('../carillon.js');
  const client = new Carillon('http://hub/v1');
  on.clients.push(client);
  on.hub.floor = 900;
  client.subscribe('orders', () => {}, { since: 800 });
  await on.clock.pass(1);
  assert.deepEqual(warn.mock.calls.map(call => call.arguments[1]), [{ channel: 'orders', from: 800, to: 900 }]);
});

test('a handler that throws is shown, and keeps nobody from anything', async () => {
  const shown = mock.method(console, 'error', () => {});
  const client = on.client();
  client.subscribe('orders', () => {
    throw new Error('mine');
  });
  const ids = on.ids(client, 'orders');
  await on.clock.pass(1);
  const id = on.hub.publish('orders');
  await on.clock.pass(1);
  assert.deepEqual([...ids], [id]);
  assert.equal(shown.mock.calls.length, 1);
});

test('a closed subscription hears nothing more, and its channel is given up with the last one', async () => {
  const client = on.client();
  const one = on.ids(client, 'orders');
  const two = on.ids(client, 'orders');
  on.ids(client, 'chat');
  await on.clock.pass(1);
  one.sub.close();
  await on.clock.pass(1);
  const id = on.hub.publish('orders');
  await on.clock.pass(1);
  assert.deepEqual([[...one], [...two]], [[], [id]]);
  assert.deepEqual(on.hub.heard, []);
  two.sub.close();
  await on.clock.pass(1);
  assert.deepEqual(on.hub.heard, [{ type: 'unsubscribe', channel: 'orders', ref: 'left' }]);
  assert.deepEqual(client.named('error'), []);
});

test('a channel that is left and taken again at once is not taken for one that is taken away', async () => {
  const client = on.client();
  const first = on.ids(client, 'orders');
  on.ids(client, 'chat');
  await on.clock.pass(1);
  first.sub.close();
  setTimeout(() => (first.again = on.ids(client, 'orders')), 0);
  await on.clock.pass(1);
  const id = on.hub.publish('orders');
  await on.clock.pass(1);
  assert.deepEqual([...first.again], [id]);
  assert.deepEqual(client.named('error'), []);

  on.hub.expel('orders');
  await on.clock.pass(1);
  assert.deepEqual(client.named('error').map(({ channel, code }) => ({ channel, code })), [{ channel: 'orders', code: 'forbidden' }]);
});

test('the plain chat dialect looks as on the other transports', async () => {
  const client = on.client();
  const got = [];
  client.subscribe('chat', publication => got.push(publication));
  let socket;
  const Socket = globalThis.WebSocket;
  globalThis.WebSocket = class extends Socket {
    constructor(url) {
      super(url);
      socket = this;
    }
  };
  await on.clock.pass(1);
  socket.receive([{ type: 'chat', user: 'Ann', message: 'hi', id: 2000, channel: 'chat' }]);
  assert.deepEqual(got, [{ channel: 'chat', id: 2000, event: 'chat', data: { type: 'chat', user: 'Ann', message: 'hi' } }]);
});

test('publications go out one after the other, with what belongs to them', async () => {
  const client = on.client();
  const answers = await Promise.all([
    client.publish('orders', { n: 1 }, { event: 'paid', key: 'k', ttl: 60 }),
    client.publish('orders', null),
  ]);
  assert.deepEqual(answers.map(({ id }) => id), [1001, 1002]);
  assert.deepEqual(on.hub.published, [
    { channel: 'orders', data: { n: 1 }, event: 'paid', key: 'k', ttl: '60' },
    { channel: 'orders', data: null },
  ]);
  assert.deepEqual((await client.history('orders', { since: 5, limit: 10 })).query, { since: '5', limit: '10' });
  on.hub.knows = () => false;
  await assert.rejects(client.presence('orders'), { name: 'CarillonError', code: 'unauthorized', status: 401 });
});
