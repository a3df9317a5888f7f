import uPlot from './vendor/uPlot.esm.js';
import { el, say } from './dom.js';
import { bytes, time } from './format.js';

const HEIGHT = 168;
/** So many points a chart has at most: more than that nobody sees, and all of them are drawn once a second. */
const POINTS = 360;
/** Steps of an axis with bytes. */
const POWERS = Array.from({ length: 45 }, (_, i) => 2 ** i);

/** What is rare or at its worst counts by its largest in a step; everything else by its mean. */
const PEAKS = new Set(['lag', 'append', 'refused', 'gaps', 'heap']);

/** The last `seconds` of some columns, in steps that are long enough for {@link POINTS}: one array for time, one for each column. */
export function thin(columns, seconds, names) {
  const end = columns.time.at(-1);
  const step = Math.max(1, Math.ceil(seconds / POINTS)) * 1000;
  const thinned = [[], ...names.map(() => [])];
  let from = columns.time.findIndex(at => at > end - seconds * 1000);
  while (from < columns.time.length) {
    const slot = Math.floor(columns.time[from] / step);
    let to = from + 1;
    while (to < columns.time.length && Math.floor(columns.time[to] / step) === slot) to++;
    thinned[0].push(columns.time[to - 1] / 1000);
    names.forEach((name, i) => {
      const part = columns[name].slice(from, to);
      thinned[i + 1].push(PEAKS.has(name) ? Math.max(...part) : part.reduce((a, b) => a + b, 0) / part.length);
    });
    from = to;
  }
  return thinned;
}

/** A colour of the style sheets, as a canvas wants it. */
function ink(name, alpha) {
  const probe = document.body.appendChild(el('span', { class: 'probe' }));
  probe.style.color = `var(--${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return alpha === undefined ? color : color.replace('rgb(', 'rgba(').replace(')', `, ${alpha})`);
}

/**
 * A chart of some columns, with what is under the pointer, else the newest, in words above it.
 *
 * @param series each with `name`, `column` and `tag`, the class that has its colour
 * @param format of a value, for people
 */
export class Chart {
  #series;
  #format;
  #title;
  #plot;
  #columns;
  #data;
  #seconds = 3600;
  #box = el('div', { class: 'plot', role: 'img' });
  #moment = el('span', { class: 'moment', 'aria-hidden': 'true' });
  #values;
  #resize = new ResizeObserver(([{ contentRect }]) => this.#plot?.setSize({ width: Math.floor(contentRect.width), height: HEIGHT }));

  constructor(title, series, format) {
    this.#title = title;
    this.#box.setAttribute('aria-label', title);
    this.#series = series;
    this.#format = format;
    this.#values = series.map(() => el('b', {}));
    const legend = series.map(({ name, tag }, i) => el('span', { class: `tag ${tag}` }, `${name} `, this.#values[i]));
    this.figure = el('figure', { class: 'panel chart' }, el('figcaption', {}, el('h2', {}, title), this.#moment, el('p', { class: 'legend', 'aria-hidden': 'true' }, legend)), this.#box);
    this.#resize.observe(this.#box);
  }

  /** @param seconds that are shown, an hour at first */
  draw(columns, seconds = this.#seconds) {
    this.#columns = columns;
    this.#seconds = seconds;
    if (!columns.time.length) return;
    this.#data = thin(columns, seconds, this.#series.map(({ column }) => column));
    if (this.#plot) this.#plot.setData(this.#data);
    else this.#make();
    this.#tell(this.#plot.cursor.idx);
    this.#describe();
  }

  /** After the colours have changed. */
  repaint() {
    this.#plot?.destroy();
    this.#plot = undefined;
    if (this.#columns) this.draw(this.#columns);
  }

  end() {
    this.#resize.disconnect();
    this.#plot?.destroy();
  }

  #make() {
    const words = { stroke: ink('muted'), font: '11px system-ui, sans-serif', ticks: { show: false } };
    const grid = { stroke: ink('line'), width: 1 };
    this.#plot = new uPlot(
      {
        width: Math.max(200, Math.floor(this.#box.clientWidth)),
        height: HEIGHT,
        padding: [8, 14, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
        scales: { x: { time: true, range: (u, min, max) => [max - this.#seconds, max] }, y: { range: (u, min, max) => [0, roof(max)] } },
        axes: [
          { ...words, grid: { show: false }, size: 24, space: 60, values: (u, splits) => splits.map(at => time(at * 1000).slice(0, 5)), incrs: [60, 120, 300, 600, 900, 1800] },
          { ...words, grid, size: 58, space: 36, incrs: this.#format === bytes ? POWERS : undefined, values: (u, splits) => splits.map(at => this.#format(at)) },
        ],
        series: [{}, ...this.#series.map(({ tag }) => this.#line(COLOURS[tag]))],
        hooks: { setCursor: [plot => this.#tell(plot.cursor.idx)] },
      },
      this.#data,
      this.#box,
    );
  }

  #line(colour) {
    const fill = this.#series.length === 1 ? ink(colour, 0.14) : undefined;
    return { stroke: ink(colour), width: 1.5, fill, points: { show: false }, spanGaps: false };
  }

  #tell(index) {
    const newest = this.#columns.time.length - 1;
    this.#series.forEach(({ column }, i) => {
      const value = index == null ? this.#columns[column][newest] : this.#data[i + 1][index];
      say(this.#values[i], this.#format(value ?? 0));
    });
    say(this.#moment, index == null ? '' : time(this.#data[0][index] * 1000));
  }

  /** All of it in words, for who does not see it. */
  #describe() {
    const words = this.#series.map(({ name }, i) => {
      const all = this.#data[i + 1];
      return `${name} ${this.#format(all.at(-1) ?? 0)}, at most ${this.#format(all.reduce((a, b) => Math.max(a, b), 0))}`;
    });
    this.#box.setAttribute('aria-label', `${this.#title}, the last ${this.#seconds / 60} minutes: ${words.join('; ')}`);
  }
}

const COLOURS = { websocket: 'bronze', sse: 'live', 'long-poll': 'poll', cut: 'cut' };

/** The top of the scale: never so low that one is a mountain. */
const roof = most => Math.max(1, (most ?? 0) * 1.1);
