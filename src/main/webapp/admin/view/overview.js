import { el, say } from '../dom.js';
import { Chart } from '../chart.js';
import { bytes, count, names, short, span, took } from '../format.js';

const TRANSPORTS = Object.entries(names).map(([tag, name]) => ({ name, column: tag, tag }));
const RANGES = { 300: '5 min', 900: '15 min', 3600: '1 hour' };
const RANGE = 'carillon.console.range';

/** How the hub is, and how the last hour was. */
export function overview(content, { live, onTheme }) {
  let seconds = range();
  const figures = Object.fromEntries(CARDS.map(card => [card.name, tile(card)]));
  const bar = el('dd', { class: 'bar-of', 'aria-hidden': 'true' }, TRANSPORTS.map(({ tag }) => el('span', { class: tag })));
  figures.connections.node.append(bar);
  const charts = [
    new Chart('Connections', TRANSPORTS, count),
    new Chart('Publications', [{ name: 'a second', column: 'published', tag: 'websocket' }], count),
    new Chart('Deliveries', [{ name: 'a second', column: 'delivered', tag: 'sse' }], count),
    new Chart('Latency, p99', [{ name: 'fan-out', column: 'lag', tag: 'sse' }, { name: 'append', column: 'append', tag: 'websocket' }], took),
    new Chart('Heap', [{ name: 'in use', column: 'heap', tag: 'long-poll' }], bytes),
    new Chart('Refusals and gaps, a second', [{ name: 'refusals', column: 'refused', tag: 'cut' }, { name: 'gaps', column: 'gaps', tag: 'long-poll' }], count),
  ];
  content.append(
    el('div', { class: 'title' }, el('h1', { tabindex: '-1' }, 'Overview'), ranges(chosen => { seconds = chosen; show(); })),
    el('dl', { class: 'panel figures', 'data-testid': 'figures' }, Object.values(figures).map(({ node }) => node)),
    el('div', { class: 'charts' }, charts.map(({ figure }) => figure)),
  );

  const show = () => {
    const { now, columns } = live;
    if (!now || document.hidden) return;
    for (const { name, number, more, ill } of CARDS) figures[name].say(number(now), more(now), ill?.(now));
    [...bar.children].forEach((part, i) => (part.style.flexGrow = now.connections[TRANSPORTS[i].column]));
    charts.forEach(chart => chart.draw(columns, seconds));
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

const range = () => (localStorage.getItem(RANGE) in RANGES ? Number(localStorage.getItem(RANGE)) : 3600);

/** How far the charts reach back. */
function ranges(choose) {
  const choices = Object.entries(RANGES).map(([value, words]) => {
    const input = el('input', { type: 'radio', name: 'range', value, checked: Number(value) === range(), class: 'visually-hidden', 'data-testid': `range-${value}` });
    input.addEventListener('input', () => {
      localStorage.setItem(RANGE, value);
      choose(Number(value));
    });
    return el('label', {}, input, el('span', {}, words));
  });
  return el('fieldset', { class: 'choices' }, el('legend', { class: 'visually-hidden' }, 'The charts reach back'), choices);
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
    title: 'Publications',
    unit: 'a second',
    number: ({ second }) => (second ? count(second.published) : '–'),
    more: ({ published }) => `${short(published)} since the start`,
  },
  {
    name: 'delivered',
    title: 'Deliveries',
    unit: 'a second',
    number: ({ second }) => (second ? count(second.delivered) : '–'),
    more: ({ delivered }) => `${short(delivered)} since the start`,
  },
  {
    name: 'lag',
    title: 'Fan-out lag, p99',
    number: ({ second }) => (second?.lag ? `≤\u2009${took(second.lag)}` : '–'),
    more: ({ second }) => (second?.append ? `append ≤ ${took(second.append)}` : 'nothing appended'),
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

function tile({ name, title, unit }) {
  const number = el('span', { 'data-testid': `figure-${name}` }, '–');
  const more = el('dd', { class: 'more' });
  const node = el('div', {}, el('dt', {}, title), el('dd', { class: 'number' }, number, unit ? el('span', { class: 'unit' }, ` ${unit}`) : null), more);
  return {
    node,
    say(first, second, ill = false) {
      say(number, first);
      say(more, second);
      node.classList.toggle('ill', ill);
    },
  };
}
