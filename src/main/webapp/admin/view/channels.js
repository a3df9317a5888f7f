import { el } from '../dom.js';
import { count, id, span } from '../format.js';
import { labelled, listing, select } from './listing.js';
import { Table } from './table.js';

/** Which channels this node knows. */
export function channels(content) {
  const tools = {
    q: el('input', { type: 'search', placeholder: 'part of a name', 'data-testid': 'search' }),
    sort: select({ rate: 'fastest first', name: 'by name', subscribers: 'most subscribers first', retained: 'most retained first', newest: 'last published first' }),
  };
  const table = new Table('Channels of this node', [
    { title: 'Channel', head: true, style: 'wide', make: ({ channel }) => el('a', { href: `#/channels/${channel}` }, channel) },
    { title: 'A second', style: 'num', text: ({ rate }) => count(rate), dim: ({ rate }) => !rate },
    { title: 'Subscribers', style: 'num', text: ({ subscribers }) => count(subscribers), dim: ({ subscribers }) => !subscribers },
    { title: 'Retained', style: 'num', text: ({ retained }) => count(retained) },
    { title: 'Last published', style: 'num', text: ({ last }) => (last ? `${span(Date.now() - last)} ago` : '–') },
    { title: 'Floor', style: 'num mono', text: ({ floor }) => id(floor) },
    { title: 'Newest', style: 'num mono', text: ({ newest }) => id(newest) },
  ], { key: ({ channel }) => channel, empty: 'No channel is called like that.' });
  const page = listing({
    table,
    tools,
    what: 'channels',
  });
  content.append(
    el('div', { class: 'title' }, el('h1', { tabindex: '-1' }, 'Channels')),
    el('div', { class: 'tools', role: 'search' }, labelled('Search', tools.q, 'grow'), labelled('Order', tools.sort)),
    page.node,
  );
  return page.end;
}
