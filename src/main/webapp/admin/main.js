/**
 * The console. Tests and this page find things by `data-testid`: `token`, `sign-in`, `sign-in-trouble`, `sign-out`, `theme`, `state` (its
 * `data-state` is `live`, `asking` or `lost`), `figure-NAME`, `search`, `found`, `tail-channel`, `tail-start`, `publications`,
 * `publish-data`, `publish`, `published`, `delete`, `confirm`, `said`, `range-SECONDS`.
 */
import { ask, keep, onLost } from './api.js';
import { hook, say } from './dom.js';
import { Live } from './live.js';
import { span } from './format.js';
import { channel } from './view/channel.js';
import { channels } from './view/channels.js';
import { configuration } from './view/configuration.js';
import { connections } from './view/connections.js';
import { limits } from './view/limits.js';
import { log } from './view/log.js';
import { overview } from './view/overview.js';
import { tail } from './view/tail.js';

const SECTIONS = { overview, connections, channels, tail, limits, log, configuration };
const STATES = { live: 'Live', asking: 'Polling', lost: 'No answer' };
const THEME = 'carillon.console.theme';

const page = document.getElementById('console');
const form = document.getElementById('sign-in');
const content = document.getElementById('content');
const themes = new Set();
let live;
let leave = () => {};

// ---- coming in ----

async function enter() {
  const { admin, user } = await ask('admin/visitor');
  if (!admin) return refuse(user ? `${user} is no administrator: the permission "admin" is missing.` : '');
  form.hidden = true;
  page.hidden = false;
  live = new Live();
  live.addEventListener('state', tellState);
  live.addEventListener('figures', tellNode);
  live.start();
  tellState();
  show();
}

/** Back to the form, with words. */
function refuse(words) {
  leave();
  leave = () => {};
  live?.stop();
  live = undefined;
  keep('');
  content.replaceChildren();
  page.hidden = true;
  form.hidden = false;
  say(hook('sign-in-trouble'), words);
  hook('token').value = '';
  hook('token').focus();
}

form.addEventListener('submit', async submitted => {
  submitted.preventDefault();
  const token = hook('token').value.trim();
  say(hook('sign-in-trouble'), '');
  try {
    await ask('admin/visitor', { as: token });
    keep(token);
    await enter();
  } catch ({ message }) {
    refuse(message);
  }
});
hook('sign-out').addEventListener('click', () => refuse(''));
onLost(words => live && refuse(words));

// ---- where one is ----

function show() {
  if (!live) return;
  const [path, search] = (location.hash.slice(2) || 'overview').split('?');
  const [section, ...rest] = path.split('/');
  const view = SECTIONS[section] ?? overview;
  const name = rest.map(decodeURIComponent).join('/');
  leave();
  content.replaceChildren();
  const context = { live, name, query: new URLSearchParams(search), go: hash => (location.hash = hash), onTheme };
  leave = section === 'channels' && name ? channel(content, context) : view(content, context);
  document.title = `${name || content.querySelector('h1').textContent} · Carillon console`;
  for (const link of document.querySelectorAll('.sections a')) {
    if (link.dataset.section === section) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

addEventListener('hashchange', () => {
  if (location.hash === '#content') return content.focus(); // the skip link
  show();
  content.querySelector('h1')?.focus();
  scrollTo(0, 0);
});

function tellState() {
  const state = hook('state');
  state.dataset.state = live.state;
  say(state.querySelector('.words'), STATES[live.state]);
}

function tellNode() {
  const { node, uptime, accepting } = live.now;
  say(hook('node'), `node ${node}, up ${span(uptime * 1000)}${accepting ? '' : ', going down'}`);
}

// ---- how it looks ----

function onTheme(listener) {
  themes.add(listener);
  return () => themes.delete(listener);
}

function paint(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  themes.forEach(listener => listener());
}

const choice = hook('theme');
choice.value = localStorage.getItem(THEME) ?? '';
choice.addEventListener('input', () => {
  localStorage.setItem(THEME, choice.value);
  paint(choice.value);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => paint(choice.value));
paint(choice.value);

enter().catch(({ message }) => refuse(message));
