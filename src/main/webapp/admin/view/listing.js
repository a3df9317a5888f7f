import { every, el, say, tell } from '../dom.js';
import { count } from '../format.js';

const PAGE = 100;
const AGAIN = 2000;

/**
 * A list that the hub searches, sorts and pages: so much as one sees is all that is asked for and shown.
 *
 * @param fetch asks for a page by a query; answers `{ count, rows }`
 * @param tools inputs and selects by the name that they have in the query
 */
export function listing({ table, fetch, tools, noun }) {
  let offset = 0;
  let turn = 0;
  const found = el('p', { 'data-testid': 'found' });
  const heard = el('p', { class: 'visually-hidden', role: 'status' }); // only what one has asked for oneself
  let asked = false;
  const back = el('button', { type: 'button', class: 'quiet', onclick: () => go(offset - PAGE) }, 'Previous');
  const on = el('button', { type: 'button', class: 'quiet', onclick: () => go(offset + PAGE) }, 'Next');

  const load = async () => {
    const mine = ++turn;
    const query = { offset, limit: PAGE };
    for (const [name, input] of Object.entries(tools)) query[name] = input.value.trim();
    try {
      const answer = await fetch(query);
      if (mine !== turn) return;
      if (offset && offset >= answer.count) return go(Math.max(0, Math.ceil(answer.count / PAGE - 1) * PAGE));
      table.show(answer.rows);
      const range = answer.rows.length ? `${count(offset + 1)} to ${count(offset + answer.rows.length)} of ` : '';
      say(found, `${range}${count(answer.count)} ${noun}`);
      if (asked) say(heard, found.textContent);
      asked = false;
      back.disabled = offset === 0;
      on.disabled = offset + PAGE >= answer.count;
    } catch ({ message }) {
      tell(message, true);
    }
  };
  const loop = every(AGAIN, load);
  const go = to => {
    offset = Math.max(0, to);
    asked = true;
    return loop.now();
  };
  for (const input of Object.values(tools)) input.addEventListener('input', () => go(0));

  const node = el('div', { class: 'panel' }, table.node, el('div', { class: 'pager' }, found, heard, back, on));
  return { node, again: loop.now, end: loop.stop };
}

export function select(options, attributes = {}) {
  return el('select', attributes, Object.entries(options).map(([value, words]) => el('option', { value }, words)));
}

export const labelled = (words, input, style) => el('label', { class: style }, words, input);
