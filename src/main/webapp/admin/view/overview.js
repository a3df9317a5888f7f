import { el, say } from '../dom.js';
import { Chart } from '../chart.js';
import { bytes, count, span, took } from '../format.js';

const TRANSPORTS = [
  { name: 'WebSocket', column: 'websocket', tag: 'websocket' },
  { name: 'SSE', column: 'sse', tag: 'sse' },
  { name: 'Long-poll', column: 'long-poll', tag: 'long-poll' },
];

/** How the hub is, and how the last hour was. */
export function overview(content, { live, onTheme }) {
  const figures = Object.fromEntries(CARDS.map(card => [card.name, tile(card)]));
  const bar = el('dd', { class: 'bar-of', 'aria-hidden': 'true' }, TRANSPORTS.map(({ tag }) => el('span', { class: tag })));
  figures.connections.node.append(bar);
  const charts = [
    new Chart('Connections', TRANSPORTS, count),
    new Chart('Published a second', [{ name: 'publications', column: 'published', tag: 'websocket' }], count),
    new Chart('Delivered a second', [{ name: 'deliveries', column: 'delivered', tag: 'sse' }], count),
    new Chart('Slowest of a hundred', [{ name: 'fan-out', column: 'lag', tag: 'sse' }, { name: 'append to the log', column: 'append', tag: 'websocket' }], took),
    new Chart('Heap', [{ name: 'in use', column: 'heap', tag: 'long-poll' }], bytes),
    new Chart('Refused and missed, a second', [{ name: 'refused', column: 'refused', tag: 'cut' }, { name: 'gaps', column: 'gaps', tag: 'long-poll' }], count),
  ];
  content.append(
    el('div', { class: 'title' }, el('h1', { tabindex: '-1' }, 'Overview')),
    el('dl', { class: 'panel figures', 'data-testid': 'figures' }, Object.values(figures).map(({ node }) => node)),
    el('div', { class: 'charts' }, charts.map(({ figure }) => figure)),
  );

  const show = () => {
    const { now, columns } = live;
    if (!now || document.hidden) return;
    for (const { name, number, more, ill } of CARDS) figures[name].say(number(now), more(now), ill?.(now));
    [...bar.children].forEach((part, i) => (part.style.flexGrow = now.connections[TRANSPORTS[i].column]));
    charts.forEach(chart => chart.draw(columns));
  };
  live.addEventListener('figures', show);
  const off = onTheme(() => charts.forEach(chart => chart.repaint()));
  show();
  return () => {
    live.removeEventListener('figures', show);
    off();
    charts.forEach(chart => chart.end());
  };
}

const CARDS = [
  {
    name: 'connections',
    title: 'Connections',
    number: ({ use }) => count(use.connections),
    more: ({ connections }) => TRANSPORTS.map(({ name, column }) => `${count(connections[column])} ${name}`).join(' · '),
  },
  {
    name: 'published',
    title: 'Published a second',
    number: ({ second }) => (second ? count(second.published) : '–'),
    more: ({ published }) => `${count(published)} since the start`,
  },
  {
    name: 'delivered',
    title: 'Delivered a second',
    number: ({ second }) => (second ? count(second.delivered) : '–'),
    more: ({ delivered }) => `${count(delivered)} since the start`,
  },
  {
    name: 'lag',
    title: 'Fan-out, slowest of a hundred',
    number: ({ second }) => (second?.lag ? `≤ ${took(second.lag)}` : '–'),
    more: ({ second }) => (second?.append ? `append ≤ ${took(second.append)}` : 'nothing published'),
  },
  {
    name: 'heap',
    title: 'Heap',
    number: ({ use }) => bytes(use.heap),
    more: ({ use }) => `of ${bytes(use.maxHeap)} · ${bytes(use.bytes)} retained`,
  },
  {
    name: 'log',
    title: 'Log',
    number: ({ log }) => (log.usable ? (log.full ? 'Full' : 'Well') : 'Failed'),
    more: ({ log, uptime }) => log.failure ?? (log.full ? 'nothing can be stored until there is room' : `${log.bytes ? bytes(log.bytes) : 'in memory'} · up ${span(uptime * 1000)}`),
    ill: ({ log }) => !log.usable || log.full,
  },
];

function tile({ name, title }) {
  const number = el('dd', { class: 'number', 'data-testid': `figure-${name}` }, '–');
  const more = el('dd', { class: 'more' });
  const node = el('div', {}, el('dt', {}, title), number, more);
  return {
    node,
    say(first, second, ill = false) {
      say(number, first);
      say(more, second);
      node.classList.toggle('ill', ill);
    },
  };
}
