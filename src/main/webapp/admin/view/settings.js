import { tell } from '../dom.js';
import { list } from '../api.js';
import { plain } from '../format.js';
import { Table } from './table.js';

/** A table of the keys that are meant, with the values in force; filled once they are here. */
export function settings(label, meant) {
  const table = new Table(label, [
    { title: 'Key', head: true, style: 'mono', text: ({ key }) => key },
    { title: 'In force', style: 'tight', text: ({ value }) => value },
    { title: 'What it is for', style: 'wide', text: ({ doc }) => plain(doc) },
  ], { key: ({ key }) => key });
  list('configuration').then(({ keys }) => table.show(keys.filter(({ key }) => meant(key))), ({ message }) => tell(message, true));
  return table;
}
