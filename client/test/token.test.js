import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stage } from './support/stage.js';

const on = stage();
const ALL = ['websocket', 'sse', 'long-poll'];

/** A JWT as far as a client reads it, that ends in so many seconds. */
function token(seconds, name) {
  const claims = Buffer.from(JSON.stringify({ sub: 'ann', name, exp: Date.now() / 1000 + seconds })).toString('base64url');
  return `e30.${claims}.c2ln`;
}

/** An application that hands out tokens, and a hub that knows the newest. */
function login(seconds) {
  const given = [];
  const give = async () => {
    given.push(token(seconds, `n${given.length}`));
    return given.at(-1);
  };
  return { given, give };
}

test('a text goes with every request, and as a ticket with the socket', async () => {
  const client = on.client({ token: 'secret' });
  on.ids(client, 'orders');
  await on.clock.pass(1);
  await client.publish('orders', 1);
  assert.deepEqual(on.asked(), ['ticket', 'websocket', 'publish']);
  assert.deepEqual(on.hub.tokens, ['secret', 'secret']);
  assert.equal(on.hub.queries[1].get('ticket'), 'secret');
  assert.equal(String(on.hub.queries[1]).includes('token'), false);
});

test('on a WebSocket it is renewed in-band, before it ends', async () => {
  const { given, give } = login(300);
  const client = on.client({ token: give });
  on.ids(client, 'orders');
  const beats = setInterval(() => on.hub.beat(), 20_000);
  await on.clock.pass(269);
  assert.equal(given.length, 1);
  await on.clock.pass(2);
  assert.equal(given.length, 2);
  assert.deepEqual(on.hub.heard, [{ type: 'auth', token: given[1] }]);
  await on.clock.pass(270);
  assert.equal(given.length, 3);
  clearInterval(beats);
  assert.equal(client.named('close').length, 0);
  assert.equal(on.asked().filter(what => what === 'websocket').length, 1);
});

test('on a stream it is renewed by a new stream, and nobody notices', async () => {
  const { given, give } = login(300);
  const client = on.client({ token: give, transports: ['sse'] });
  const ids = on.ids(client, 'orders');
  const expected = [];
  await on.clock.pass(1);
  for (let i = 0; i < 30; i++) {
    expected.push(on.hub.publish('orders'));
    await on.clock.pass(10);
  }
  assert.deepEqual(on.hub.tokens, given);
  assert.equal(given.length, 2);
  assert.deepEqual([...ids], expected);
  assert.equal(client.named('close').length, 0);
});

test('a poll has the new one the next time', async () => {
  const { given, give } = login(300);
  on.ids(on.client({ token: give, transports: ['long-poll'] }), 'orders');
  await on.clock.pass(560);
  assert.equal(given.length, 3);
  assert.deepEqual([...new Set(on.hub.tokens)], given);
});

for (const transport of ALL) {
  test(`${transport}: one that does not hold any more is replaced, once`, async () => {
    const { given, give } = login(3600);
    on.hub.knows = shown => shown === given[1];
    const client = on.client({ token: give, transports: [transport] });
    on.ids(client, 'orders');
    await on.clock.pass(2);
    assert.equal(client.transport, transport);
    assert.equal(given.length, 2);

    on.hub.knows = () => false;
    on.hub.cut();
    await on.clock.pass(100);
    assert.equal(client.named('error').at(-1).fatal, true);
    const asked = on.asked().length;
    await on.clock.pass(1000);
    assert.equal(on.asked().length, asked);
  });

  test(`${transport}: the end of a token leads to a new one`, async () => {
    const { given, give } = login(1e9);
    const client = on.client({ token: give, transports: [transport] });
    on.ids(client, 'orders');
    await on.clock.pass(2);
    on.hub.bye(4003, true);
    await on.clock.pass(2);
    assert.equal(client.transport, transport);
    assert.equal(given.length, 2);
  });
}

test('a ticket that the socket refuses leads to a new token, once', async () => {
  const { given, give } = login(3600);
  const client = on.client({ token: give, transports: ['websocket'] });
  on.hub.knows = shown => on.asked().at(-1) === 'ticket' || (shown && given.indexOf(shown) === 1);
  on.ids(client, 'orders');
  await on.clock.pass(2);
  assert.equal(client.transport, 'websocket');
  assert.equal(given.length, 2);
});

test('an application that has no token just now is asked again', async () => {
  let asked = 0;
  const client = on.client({
    token: async () => {
      if (++asked < 5) throw new Error('offline');
      return 'secret';
    },
  });
  on.ids(client, 'orders');
  await on.clock.pass(60);
  assert.equal(client.transport !== null, true);
  assert.equal(client.named('error')[0].message, 'offline');
});
