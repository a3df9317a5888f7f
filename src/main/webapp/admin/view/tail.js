import { el, say } from '../dom.js';
import { labelled } from './listing.js';
import { Publications } from './publications.js';

/** What comes on any channel, from now on. */
export function tail(content, { query }) {
  const list = new Publications('Publications as they come');
  const name = el('input', { required: true, maxlength: 255, spellcheck: 'false', autocapitalize: 'off', value: query.get('channel') ?? '', placeholder: 'orders.*', 'data-testid': 'tail-channel' });
  const pause = el('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false', onclick: toggle }, 'Pause');
  function toggle() {
    list.paused = !list.paused;
    pause.setAttribute('aria-pressed', list.paused);
    say(pause, list.paused ? 'Go on' : 'Pause');
  }
  function follow(event) {
    event?.preventDefault();
    list.clear();
    list.follow(name.value.trim());
  }
  content.append(
    el('div', { class: 'title' }, el('h1', { tabindex: '-1' }, 'Live tail')),
    el(
      'form',
      { class: 'tools', onsubmit: follow },
      labelled('Channel or pattern; * is one segment, a last ** all the rest', name, 'grow'),
      el('button', { 'data-testid': 'tail-start' }, 'Listen'),
      pause,
      el('button', { type: 'button', class: 'quiet', onclick: () => list.clear() }, 'Clear'),
    ),
    el('div', { class: 'panel' }, list.node),
  );
  list.say('Name a channel to listen to.');
  if (name.value) follow();
  return () => list.end();
}
