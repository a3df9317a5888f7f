import { el, say, tell } from '../dom.js';
import { list } from '../api.js';
import { Chart } from '../chart.js';
import { bytes, count, id, moment, plain, span, took } from '../format.js';
import { Table } from './table.js';

/** How the log is: what decides whether anything can be published. */
export function log(content, { live, onTheme }) {
  const verdict = el('p', { class: 'verdict', role: 'status', 'data-testid': 'log-verdict' });
  const titles = ['On its disk', 'Segments', 'Disk had everything', 'Ids since', 'Newest id', 'Published since the start'];
  const figures = titles.map(title => {
    const number = el('dd', { class: 'number' }, '–');
    return { number, node: el('div', {}, el('dt', {}, title), number) };
  });
  const chart = new Chart('Append latency, p99', [{ name: 'at most', column: 'append', tag: 'websocket' }], took);
  const keys = new Table('Settings of the log', [
    { title: 'Key', head: true, style: 'mono', text: ({ key }) => key },
    { title: 'In force', style: 'tight', text: ({ value }) => value },
    { title: 'What it is for', style: 'wide', text: ({ doc }) => plain(doc) },
  ], { key: ({ key }) => key });

  const show = () => {
    if (!live.now) return;
    const { log: it, head, published } = live.now;
    say(verdict, words(it));
    verdict.classList.toggle('trouble', !it.usable || it.full);
    const synced = it.lastSync ? `${span(Date.now() - it.lastSync)} ago` : 'never asked';
    const values = [it.bytes ? bytes(it.bytes) : 'none', count(it.segments), synced, count(it.unsynced), id(head), count(published)];
    figures.forEach(({ number }, i) => say(number, values[i]));
    if (it.lastSync) figures[2].number.title = moment(it.lastSync);
    chart.draw(live.columns);
  };
  live.addEventListener('figures', show);
  const off = onTheme(() => chart.repaint());
  list('configuration').then(
    answer => keys.show(answer.keys.filter(({ key }) => key.startsWith('carillon.journal') || key.startsWith('carillon.key') || key === 'carillon.log')),
    ({ message }) => tell(message, true),
  );
  content.append(
    el('div', { class: 'title' }, el('h1', { tabindex: '-1' }, 'Log')),
    el('section', { class: 'panel stack' }, verdict, el('dl', { class: 'figures narrow' }, figures.map(({ node }) => node))),
    chart.figure,
    el('section', { class: 'panel' }, el('h2', {}, 'Settings'), keys.node),
  );
  show();
  return () => {
    live.removeEventListener('figures', show);
    off();
    chart.end();
  };
}

function words({ usable, failure, full }) {
  if (!usable) return `It has failed, and takes nothing until the hub is started anew: ${failure}`;
  if (full) return 'Its disk is full. Nothing is stored until there is room; then it goes on by itself.';
  return 'It is well: what is acknowledged is stored.';
}
