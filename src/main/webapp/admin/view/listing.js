import { every, el, say, tell } from '../dom.js';
import { list } from '../api.js';
import { count } from '../format.js';

const PAGE = 100;
const AGAIN = 2000;

/**
 * A list that the hub searches, sorts and pages: so much as one sees is all that is asked for and shown.
 *
 * @param what is listed, as below `v1/admin` and in words
 * @param tools inputs and selects by the name that they have in the query
 */
export function listing({ table, tools, what }) {
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
      const answer = await list(what, query);
      const rows = answer[what];
      if (mine !== turn) return;
      if (offset && offset >= answer.count) return go(Math.max(0, Math.ceil(answer.count / PAGE - 1) * PAGE));
      table.show(rows);
      const range = rows.length ? `${count(offset + 1)} to ${count(offset + rows.length)} of ` : '';
      say(found, `${range}${count(answer.count)} ${what}`);
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
