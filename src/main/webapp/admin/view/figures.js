import { el, say } from '../dom.js';

/**
 * Some figures in a row, each below its title: `show(values)` says them, in the same order.
 *
 * @param style classes of the row, besides its own
 */
export function figures(titles, style = '') {
  const numbers = titles.map(() => el('dd', { class: 'number' }, '–'));
  const node = el('dl', { class: `figures narrow ${style}` }, titles.map((title, i) => el('div', {}, el('dt', {}, title), numbers[i])));
  return { node, numbers, show: values => numbers.forEach((number, i) => say(number, values[i])) };
}
