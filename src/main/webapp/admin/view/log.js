import { el, say } from '../dom.js';
import { Chart } from '../chart.js';
import { bytes, count, id, moment, span, took } from '../format.js';
import { figures } from './figures.js';
import { settings } from './settings.js';

/** How the log is: what decides whether anything can be published. */
export function log(content, { live, onTheme }) {
  const verdict = el('p', { class: 'verdict', role: 'status', 'data-testid': 'log-verdict' });
  const row = figures(['On its disk', 'Segments', 'Disk had everything', 'Ids since', 'Newest id', 'Published since the start']);
  const chart = new Chart('Append latency, p99', [{ name: 'at most', column: 'append', tag: 'websocket' }], took);
  const keys = settings('Settings of the log', key => key.startsWith('carillon.journal') || key.startsWith('carillon.key') || key === 'carillon.log');

  const show = () => {
    if (!live.now) return;
    const { log: it, head, published } = live.now;
    say(verdict, words(it));
    verdict.classList.toggle('trouble', !it.usable || it.full);
    const synced = it.lastSync ? `${span(Date.now() - it.lastSync)} ago` : 'never asked';
    row.show([it.bytes ? bytes(it.bytes) : 'none', count(it.segments), synced, count(it.unsynced), id(head), count(published)]);
    if (it.lastSync) row.numbers[2].title = moment(it.lastSync);
    chart.draw(live.columns);
  };
  live.addEventListener('figures', show);
  const off = onTheme(() => chart.repaint());
  content.append(
    el('div', { class: 'title' }, el('h1', { tabindex: '-1' }, 'Log')),
    el('section', { class: 'panel stack' }, verdict, row.node),
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
