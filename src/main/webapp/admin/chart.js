import uPlot from './vendor/uPlot.esm.js';
import { el, say } from './dom.js';
import { bytes, time } from './format.js';

const HEIGHT = 170;
const WINDOW = 3600;
/** Steps of an axis with bytes. */
const POWERS = Array.from({ length: 45 }, (_, i) => 2 ** i);

/** A colour of the style sheets, as a canvas wants it. */
function ink(name, alpha) {
  const probe = document.body.appendChild(el('span', { class: 'probe' }));
  probe.style.color = `var(--${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return alpha === undefined ? color : color.replace('rgb(', 'rgba(').replace(')', `, ${alpha})`);
}

/**
 * A chart of some columns of the last hour.
 *
 * @param series each with `name`, `column` and the name of a colour
 * @param format of a value, for people
 */
export class Chart {
  #series;
  #format;
  #title;
  #plot;
  #columns;
  #box = el('div', { class: 'plot', role: 'img' });
  #reading = el('span', { class: 'reading', 'aria-hidden': 'true' });
  #resize = new ResizeObserver(([{ contentRect }]) => this.#plot?.setSize({ width: Math.floor(contentRect.width), height: HEIGHT }));

  constructor(title, series, format) {
    this.#title = title;
    this.#box.setAttribute('aria-label', title);
    this.#series = series;
    this.#format = format;
    const names = series.length > 1 ? series.map(({ name, tag }) => el('span', { class: `sub tag ${tag}` }, name)) : [];
    this.figure = el('figure', { class: 'panel chart' }, el('figcaption', {}, el('h2', {}, title), ...names, this.#reading), this.#box);
    this.#resize.observe(this.#box);
  }

  draw(columns) {
    this.#columns = columns;
    if (!columns.time.length) return;
    const data = [columns.time.map(millis => millis / 1000), ...this.#series.map(({ column }) => columns[column])];
    if (this.#plot) this.#plot.setData(data);
    else this.#make(data);
    this.#tell(this.#plot.cursor.idx);
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

  #make(data) {
    const line = ink('line');
    const words = { stroke: ink('muted'), font: '12px system-ui, sans-serif', ticks: { show: false } };
    const grid = { stroke: line, width: 1 };
    this.#plot = new uPlot(
      {
        width: Math.max(200, Math.floor(this.#box.clientWidth)),
        height: HEIGHT,
        padding: [8, 4, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
        scales: { x: { time: true, range: (u, min, max) => [max - WINDOW, max] }, y: { range: (u, min, max) => [0, roof(max)] } },
        axes: [
          { ...words, grid: { show: false }, size: 26, values: (u, splits) => splits.map(at => time(at * 1000).slice(0, 5)) },
          { ...words, grid, size: 62, incrs: this.#format === bytes ? POWERS : undefined, values: (u, splits) => splits.map(at => this.#format(at)) },
        ],
        series: [{}, ...this.#series.map(({ tag }) => this.#line(COLOURS[tag]))],
        hooks: { setCursor: [plot => this.#tell(plot.cursor.idx)] },
      },
      data,
      this.#box,
    );
  }

  #line(colour) {
    const fill = this.#series.length === 1 ? ink(colour, 0.13) : undefined;
    return { stroke: ink(colour), width: 1.5, fill, points: { show: false }, spanGaps: false };
  }

  /** What is under the pointer, else the newest; and all of it in words for who does not see it. */
  #tell(index) {
    const at = index ?? this.#columns.time.length - 1;
    const values = this.#series.map(({ column }) => this.#format(this.#columns[column][at] ?? 0));
    say(this.#reading, index == null ? values.join(' · ') : `${time(this.#columns.time[at])}  ${values.join(' · ')}`);
    const label = this.#series.map(({ name, column }) => {
      const all = this.#columns[column];
      return `${name} ${this.#format(all.at(-1) ?? 0)}, at most ${this.#format(all.reduce((a, b) => Math.max(a, b), 0))}`;
    });
    this.#box.setAttribute('aria-label', `${this.#title}, the last hour: ${label.join('; ')}`);
  }
}

const COLOURS = { websocket: 'bronze', sse: 'live', 'long-poll': 'poll', cut: 'cut' };

/** The top of the scale: never so low that one is a mountain. */
const roof = most => Math.max(1, (most ?? 0) * 1.1);
