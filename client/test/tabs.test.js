import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { stage } from './support/stage.js';
import { FakeBrowser } from './support/browser.js';

// Loaded before its time, so that the tests need not wait for a file: from where the sources have it, or the hub.
await import('../lib/carillon-tabs.js').catch(() => import('../carillon-tabs.js'));

const on = stage();
let browser;

beforeEach(() => (browser = new FakeBrowser()));
afterEach(() => browser.restore());

const pass = seconds => on.clock.pass(seconds);

/** Opens a tab; each has its own client, and dies as a whole. */
function tab(options) {
  return browser.tab(() => on.client({ shared: true, ...options }));
}

const listen = (client, ...more) => client.run(() => on.ids(client, ...more));

function kill(client) {
  browser.kill(client);
  on.hub.vanish(client.tab);
}

test('tabs have one connection, and each hears everything once', async () => {
  const tabs = [tab(), tab(), tab()];
  const ids = tabs.map(client => listen(client, 'orders'));
  await pass(2);
  assert.deepEqual(on.hub.open, ['websocket']);
  const expected = [on.hub.publish('orders'), on.hub.publish('orders')];
  await pass(1);
  for (const heard of ids) assert.deepEqual([...heard], expected);
  for (const client of tabs) {
    assert.equal(client.transport, 'websocket');
    assert.equal(client.named('open').length, 1);
  }
});

for (const transport of ['websocket', 'sse', 'long-poll']) {
  test(`${transport}: when the tab that leads dies, another goes on with nothing lost and nothing twice`, async () => {
    const tabs = [1, 2, 3].map(() => tab({ transports: [transport] }));
    const ids = tabs.map(client => listen(client, 'orders.*'));
    const expected = [];
    const talk = async count => {
      for (let i = 0; i < count; i++) {
        expected.push(on.hub.publish(`orders.${i}`));
        await pass(0.25);
      }
    };
    await pass(3);
    await talk(5);
    kill(tabs[0]);
    await talk(12);
    await pass(8);
    await talk(3);
    await pass(2);
    assert.equal(on.hub.open.length, 1);
    assert.deepEqual([...ids[1]], expected);
    assert.deepEqual([...ids[2]], expected);
    assert.deepEqual(tabs[1].named('gap'), []);
  });
}

for (const transport of ['websocket', 'sse', 'long-poll']) {
  test(`${transport}: a tab that comes later with a cursor gets its past, the others nothing twice`, async () => {
    const past = [on.hub.publish('orders'), on.hub.publish('orders')];
    const first = listen(tab({ transports: [transport] }), 'orders');
    await pass(3);
    const second = listen(tab(), 'orders', { since: 1000 });
    const live = [];
    for (let i = 0; i < 20; i++) {
      live.push(on.hub.publish('orders'));
      await pass(0.1 + i / 40);
    }
    await pass(5);
    assert.deepEqual([...first], live);
    assert.deepEqual([...second], [...past, ...live]);
  });
}

test('a tab whose lock comes late is not taken for one that has gone', async () => {
  listen(tab(), 'orders');
  await pass(2);
  const late = browser.tab(() => on.client({ shared: true }), 50);
  const ids = listen(late, 'orders');
  await pass(2);
  const id = on.hub.publish('orders');
  await pass(1);
  assert.deepEqual([...ids], [id]);
});

test('a gap, and the end of a connection, are told in every tab', async () => {
  const tabs = [tab(), tab()];
  tabs.forEach(client => listen(client, 'orders'));
  await pass(2);
  const before = on.hub.publish('orders');
  await pass(1);
  on.hub.cut();
  on.hub.publish('orders');
  on.hub.lose(on.hub.head);
  await pass(4);
  for (const client of tabs) {
    assert.deepEqual(client.named('gap'), [{ channel: 'orders', from: before, to: before + 1 }]);
    assert.equal(client.named('close').length, 1);
    assert.equal(client.named('open').length, 2);
  }
});

test('what only one tab wants is given up with it', async () => {
  const tabs = [tab(), tab()];
  listen(tabs[0], 'orders');
  listen(tabs[1], 'chat');
  await pass(2);
  kill(tabs[1]);
  await pass(2);
  assert.deepEqual(on.hub.heard.at(-1), { type: 'unsubscribe', channel: 'chat', ref: 'left' });
});

test('a tab that leads and does not answer is replaced by one that is looked at', async () => {
  const [frozen, seen] = [tab(), tab()];
  listen(frozen, 'orders');
  const ids = listen(seen, 'orders');
  await pass(2);
  browser.freeze(frozen);
  on.hub.blackHole();
  const id = on.hub.publish('orders');
  await pass(60);
  assert.deepEqual([...ids], [id]);
});
