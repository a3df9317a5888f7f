import { el, say } from '../dom.js';

/**
 * A table whose rows keep their nodes as long as their key is there: what one has focused or selected stays.
 *
 * @param columns each with `title`, and `text(row)` or `make(row)`, which makes its content once for a row; `style` is a class,
 *   `head` makes it the row's header; `late` and `dim` say when it is marked so
 */
export class Table {
  #columns;
  #key;
  #empty;
  #rows = new Map();
  #body = el('tbody');

  constructor(label, columns, { key, empty = 'Nothing.' }) {
    this.#columns = columns;
    this.#key = key;
    this.#empty = el('tr', { class: 'empty', role: 'row' }, el('td', { role: 'cell',  colspan: columns.length }, empty));
    const heads = columns.map(({ title, style }) => el('th', { scope: 'col', class: style, role: 'columnheader' }, title || el('span', { class: 'visually-hidden' }, 'Actions')));
    this.node = framed(label, heads, this.#body);
  }

  show(rows) {
    const before = this.#rows;
    this.#rows = new Map(rows.map(row => [this.#key(row), before.get(this.#key(row)) ?? this.#make(row)]));
    for (const [key, tr] of before) if (!this.#rows.has(key)) tr.remove();
    let at = this.#body.firstChild;
    rows.forEach(row => {
      const tr = this.#rows.get(this.#key(row));
      this.#renew(tr, row);
      if (tr === at) at = at.nextSibling;
      else this.#body.insertBefore(tr, at);
    });
    if (rows.length) this.#empty.remove();
    else this.#body.append(this.#empty);
  }

  #make(row) {
    const cells = this.#columns.map(({ title, make, style, head }) => {
      const cell = el(head ? 'th' : 'td', { class: style, scope: head && 'row', role: head ? 'rowheader' : 'cell', 'data-label': head ? null : title });
      if (make) cell.append(make(row));
      return cell;
    });
    return el('tr', { role: 'row', 'data-key': this.#key(row) }, cells);
  }

  #renew(tr, row) {
    this.#columns.forEach(({ text, late, dim }, i) => {
      if (text) say(tr.cells[i], text(row));
      if (dim) tr.cells[i].classList.toggle('dim', dim(row));
      if (late) tr.cells[i].classList.toggle('late', late(row));
    });
  }
}

/**
 * A table in a box that scrolls. On a phone each row is a card; what style sheets then take from it, that it is a table, its roles
 * say still.
 */
export function framed(label, heads, body) {
  body.setAttribute('role', 'rowgroup');
  const caption = el('caption', { class: 'visually-hidden' }, label);
  const table = el('table', { role: 'table', 'aria-label': label }, caption, el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, heads)), body);
  return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, table);
}
