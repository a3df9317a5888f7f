import { el, sure, tell } from '../dom.js';
import { kick } from '../api.js';
import { count, id, names, span, took } from '../format.js';
import { labelled, listing, select } from './listing.js';
import { Table } from './table.js';

/** From so long a write on, milliseconds, a client is called slow. */
const SLOW = 1000;

/** Who is connected to this node. */
export function connections(content, { query }) {
  const tools = {
    q: el('input', { type: 'search', placeholder: 'user, address, channel, id', value: query.get('q'), 'data-testid': 'search' }),
    transport: select({ '': 'all', ...names }),
    sort: select({ since: 'newest first', lag: 'slowest first', delivered: 'most delivered first' }),
  };
  const table = new Table('Connections of this node', [
    { title: 'User', head: true, style: 'tight', text: ({ user }) => user ?? 'stranger', dim: ({ user }) => !user },
    { title: 'Transport', style: 'tight', make: ({ transport }) => el('span', { class: `tag ${transport}` }, names[transport]) },
    { title: 'Channels', style: 'wide', text: ({ channels }) => some(channels) },
    { title: 'Age', style: 'num', text: ({ since }) => span(Date.now() - since) },
    { title: 'Lag', style: 'num', text: ({ lag }) => (lag ? took(lag) : 'none'), late: ({ lag }) => lag >= SLOW, dim: ({ lag }) => !lag },
    { title: 'Delivered', style: 'num', text: ({ delivered }) => count(delivered) },
    { title: 'Cursor', style: 'num mono', text: ({ cursor }) => id(cursor) },
    { title: 'Address', style: 'tight', text: ({ address }) => address },
    { title: 'Connection', style: 'tight mono', text: ({ connection }) => connection },
    { title: '', style: 'act', make: row => el('button', { type: 'button', class: 'quiet small', 'aria-label': `Kick ${row.connection}`, onclick: () => end(row) }, 'Kick') },
  ], { key: ({ connection }) => connection, empty: 'No connection is like that.' });
  const page = listing({
    table,
    tools,
    what: 'connections',
  });

  async function end({ connection, user }) {
    const whose = user ? `of ${user}` : 'of a stranger';
    if (!(await sure('Kick this connection?', `${connection} ${whose} is closed with code 4503, and told not to come back.`, 'Kick'))) return;
    try {
      await kick(connection);
      tell(`${connection} has been kicked.`);
    } catch ({ message }) {
      tell(message, true);
    }
    page.again();
  }

  content.append(
    el('div', { class: 'title' }, el('h1', { tabindex: '-1' }, 'Connections')),
    el('div', { class: 'tools', role: 'search' }, labelled('Search', tools.q, 'grow'), labelled('Transport', tools.transport), labelled('Order', tools.sort)),
    page.node,
  );
  return page.end;
}

function some(channels) {
  const shown = channels.slice(0, 3).join(', ');
  return channels.length > 3 ? `${shown} and ${channels.length - 3} more` : shown;
}
