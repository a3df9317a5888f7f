import { el, every, say, sure, tell } from '../dom.js';
import { forget, history, list, publish } from '../api.js';
import { count, id, span } from '../format.js';
import { figures } from './figures.js';
import { labelled } from './listing.js';
import { Publications } from './publications.js';

const SHOWN = 200;

/** One channel: what it retains and what comes, and to publish by hand. */
export function channel(content, { name, go }) {
  const own = name.startsWith('$'); // somebody's mail: it can be written, not read
  const row = figures(['Published a second', 'Subscribers', 'Retained', 'Last published', 'Floor', 'Newest'], 'panel');
  const list_ = new Publications(`Publications of ${name}`, { one: true });

  const loop = every(2000, async () => {
    try {
      const { channels } = await list('channels', { channel: name });
      const [it] = channels;
      row.show(it
        ? [count(it.rate), count(it.subscribers), count(it.retained), it.last ? `${span(Date.now() - it.last)} ago` : '–', id(it.floor), id(it.newest)]
        : row.numbers.map(() => '–'));
    } catch ({ message }) {
      tell(message, true);
    }
  });

  async function read() {
    if (own) return list_.say('This channel is one user’s or one connection’s own, and cannot be read.');
    try {
      list_.fill(await history(name, SHOWN));
      list_.follow(name);
    } catch ({ message }) {
      list_.say(message, true);
    }
  }

  async function erase() {
    const words = `All that ${name} retains is deleted, also from the next start on. Whoever comes back from before hears of a gap.`;
    if (!(await sure('Delete what it retains?', words, 'Delete'))) return;
    try {
      const { forgotten } = await forget(name);
      list_.clear();
      tell(`${count(forgotten)} publications of ${name} have been deleted.`);
    } catch ({ message }) {
      tell(message, true);
    }
    loop.now();
  }

  content.append(
    el(
      'div',
      { class: 'title' },
      el('a', { class: 'up', href: '#/channels' }, 'Channels'),
      el('h1', { tabindex: '-1' }, name),
      el('button', { type: 'button', class: 'quiet', onclick: () => go(`#/connections?q=${encodeURIComponent(name)}`) }, 'Who is there'),
      el('button', { type: 'button', class: 'quiet grave', onclick: erase, 'data-testid': 'delete' }, 'Delete what it retains'),
    ),
    row.node,
    el('div', { class: 'columns' }, el('section', { class: 'panel' }, el('h2', {}, 'Publications'), list_.node), publishing(name)),
  );
  read();
  return () => {
    loop.stop();
    list_.end();
  };
}

function publishing(name) {
  const event = el('input', { maxlength: 64, placeholder: 'message', spellcheck: 'false', 'data-testid': 'publish-event' });
  const data = el('textarea', { required: true, spellcheck: 'false', 'data-testid': 'publish-data', placeholder: '{"hello":"world"}' });
  const ephemeral = el('input', { type: 'checkbox' });
  const answer = el('p', { class: 'sub', role: 'status', 'data-testid': 'published' });
  const trouble = el('p', { class: 'trouble', role: 'alert', 'data-testid': 'publish-trouble' });

  async function send(submitted) {
    submitted.preventDefault();
    say(trouble, '');
    try {
      JSON.parse(data.value);
    } catch ({ message }) {
      return say(trouble, `This is no JSON: ${message}`);
    }
    try {
      const { id: number } = await publish(name, data.value, { event: event.value.trim(), ephemeral: ephemeral.checked ? 'true' : '' });
      say(answer, `Published as ${number}.`);
    } catch ({ message }) {
      say(trouble, message);
    }
  }
  return el(
    'form',
    { class: 'panel fields', onsubmit: send },
    el('h2', {}, 'Publish by hand'),
    labelled('Data, as JSON', data),
    labelled('Event', event),
    el('label', { class: 'check' }, ephemeral, 'Only for who is there now'),
    trouble,
    el('button', { 'data-testid': 'publish' }, 'Publish'),
    answer,
  );
}
