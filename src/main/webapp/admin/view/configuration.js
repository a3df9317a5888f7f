import { el, tell } from '../dom.js';
import { list } from '../api.js';
import { plain } from '../format.js';
import { labelled } from './listing.js';
import { Table } from './table.js';

/** Every key with the value in force; secrets never leave the hub. */
export function configuration(content) {
  const search = el('input', { type: 'search', placeholder: 'part of a key, a value or an explanation', oninput: show, 'data-testid': 'search' });
  const changed = el('input', { type: 'checkbox', onchange: show });
  const table = new Table('Configuration in force', [
    { title: 'Key', head: true, style: 'mono', text: ({ key }) => key },
    { title: 'In force', style: 'wide mono', make: row => el('span', { class: row.changed ? 'changed' : row.value ? null : 'dim' }, row.value || 'unset', row.changed ? el('span', { class: 'visually-hidden' }, ' (changed)') : null) },
    { title: 'By default', style: 'wide mono', text: row => row.default || 'unset', dim: row => !row.changed },
    { title: 'What it is for', style: 'wide', text: ({ doc, allowed }) => plain(`${doc} Allowed: ${allowed}.`) },
  ], { key: ({ key }) => key, empty: 'No key is like that.' });
  let keys = [];
  function show() {
    const text = search.value.trim().toLowerCase();
    table.show(keys.filter(row => (!changed.checked || row.changed) && `${row.key} ${row.value} ${row.doc}`.toLowerCase().includes(text)));
  }
  list('configuration').then(answer => {
    keys = answer.keys;
    show();
  }, ({ message }) => tell(message, true));
  content.append(
    el('div', { class: 'title' }, el('h1', { tabindex: '-1' }, 'Configuration')),
    el('div', { class: 'tools', role: 'search' }, labelled('Search', search, 'grow'), el('label', { class: 'check' }, changed, 'Only what was changed')),
    el('div', { class: 'panel' }, table.node),
  );
  return () => {};
}
