import { el, every, tell } from '../dom.js';
import { list } from '../api.js';
import { bytes, count } from '../format.js';
import { settings } from './settings.js';
import { Table } from './table.js';

/** Settings that say how much one visitor may do. */
const RATIONS = [
  'carillon.connections.user', 'carillon.connections.address', 'carillon.subscriptions', 'carillon.inbound.rate', 'carillon.publish.rate',
  'carillon.history.rate', 'carillon.channels.rate', 'carillon.message', 'carillon.batch', 'carillon.auth.timeout',
];

const CLOSED = {
  done: 'polls that had their answer', gone: 'the client went, or could not be written to', drain: 'the hub went down', slow: 'a write was not taken in time',
  silent: 'no sign of life', expired: 'the credential ran out', kicked: 'an operator, or a revocation', limit: 'more than a client may', refused: 'not allowed',
};

const UNSTORED = {
  draining: 'the hub was going down', 'channels-full': 'all channels were in use', 'unknown-connection': 'its connection was not open',
  'log-unavailable': 'the log did not answer', 'log-full': 'the disk was full',
};

const EVICTED = { age: 'too old', channel: 'more than its channel may retain', memory: 'the hub’s memory was used up', forgotten: 'its channel was forgotten or deleted' };

/** How much is in use of what there is, what one visitor may, and what was refused. */
export function limits(content, { live }) {
  const use = new Table('In use', [
    { title: 'What', head: true, text: ({ what }) => what },
    { title: 'In use', style: 'num', text: ({ used, format }) => format(used) },
    { title: 'At most', style: 'num', text: ({ most, format }) => format(most) },
    { title: 'Share', make: ({ what }) => el('meter', { min: 0, max: 1, high: 0.85, 'aria-label': `Share of ${what} in use` }) },
  ], { key: ({ what }) => what });
  const tallies = (label, words) =>
    new Table(label, [
      { title: 'Why', head: true, style: 'tight', text: ({ name }) => name.replace('-', ' ') },
      { title: 'That is', style: 'wide', text: ({ name }) => words[name] ?? '' },
      { title: 'Since the start', style: 'num', text: ({ sum }) => count(sum) },
    ], { key: ({ name }) => name, empty: 'None so far.' });
  const closed = tallies('Connections that ended', CLOSED);
  const evicted = tallies('Publications no longer retained', EVICTED);
  const unstored = tallies('Publications not stored', UNSTORED);
  const refused = new Table('Requests and messages refused', [
    { title: 'What', head: true, text: ({ what }) => what },
    { title: 'Why', text: ({ title }) => title },
    { title: 'Status', style: 'num', text: ({ status }) => String(status) },
    { title: 'Since the start', style: 'num', text: ({ count: sum }) => count(sum) },
  ], { key: ({ what, reason }) => `${what} ${reason}`, empty: 'Nothing was refused so far.' });
  const rations = settings('For one visitor', key => RATIONS.includes(key));

  const show = () => {
    if (!live.now) return;
    const { use: in_, closed: ended, evicted: gone, refused: not } = live.now;
    const rows = [
      { what: 'Connections', used: in_.connections, most: in_.maxConnections, format: count },
      { what: 'Channels', used: in_.channels, most: in_.maxChannels, format: count },
      { what: 'Patterns', used: in_.patterns, most: in_.maxPatterns, format: count },
      { what: 'Memory for what is retained', used: in_.bytes, most: in_.maxBytes, format: bytes },
      { what: 'Heap', used: in_.heap, most: in_.maxHeap, format: bytes },
    ];
    use.show(rows);
    use.node.querySelectorAll('meter').forEach((meter, i) => (meter.value = rows[i].used / rows[i].most));
    const sums = counts => Object.entries(counts).filter(([, sum]) => sum).map(([name, sum]) => ({ name, sum }));
    closed.show(sums(ended));
    evicted.show(sums(gone));
    unstored.show(sums(not));
  };
  live.addEventListener('figures', show);
  show();
  const loop = every(2000, () => list('refusals').then(({ refusals }) => refused.show(refusals), ({ message }) => tell(message, true)));

  const panel = (title, ...nodes) => el('section', { class: 'panel' }, el('h2', {}, title), nodes);
  content.append(
    el('div', { class: 'title' }, el('h1', { tabindex: '-1' }, 'Limits and refusals')),
    el(
      'div',
      { class: 'columns even' },
      el('div', { class: 'stack' }, panel('In use', use.node), panel('Connections that ended', closed.node)),
      el('div', { class: 'stack' }, panel('Requests and messages refused', refused.node), panel('Publications no longer retained', evicted.node), panel('Publications not stored', unstored.node)),
    ),
    panel('What one visitor may', rations.node),
  );
  return () => {
    loop.stop();
    live.removeEventListener('figures', show);
  };
}
