/*
 * The demo page: a subscriber that can be cut off, comes back on any transport at the same cursor, and checks what it got.
 *
 * Hooks for tests, as data-testid:
 *   transport-ws, transport-sse, transport-poll   radio inputs
 *   plug            button, "Disconnect" or, when cut, "Reconnect"
 *   state           one of connecting | live | cut | waiting; state-detail is for people
 *   cursor          the cursor as plain digits, "–" before there is one
 *   received, missing, twice, gaps   integers since the page was loaded
 *   resume-note     "resumed at 1042 over SSE: 7 publications caught up, 0 missing" (", 1 gap" when there was one);
 *                   over WebSocket, SSE or long-poll; empty from the moment the connection is gone until it has caught up
 *   holding         while cut or waiting, the cursor that is held and how long; else empty
 *   gap             the last gap in words; empty when the current connection had none
 *   notice          what the hub complained about
 *   verdict         how "missing" and "twice" were checked
 *   events          list, newest first, at most 60; each li has data-id, data-channel, data-event, data-transport (ws|sse|poll),
 *                   and the class caught-up when it was not live
 *   chat-name, chat-text, chat-send, chat-status
 *   chat-log        each .bubble has data-id, data-user, and the class own when this tab sent it
 *   ring, ring-status, curl, copy, sound
 */
import { Audit } from './audit.js';
import { Session } from './connection/session.js';
import { publish, PUBLIC } from './publish.js';
import { Resume } from './resume.js';
import { Bells } from './view/bells.js';
import { Chat } from './view/chat.js';
import { Deck } from './view/deck.js';
import { hook } from './view/dom.js';
import { EventList } from './view/events.js';
import { Roll } from './view/roll.js';
import { Sound } from './view/sound.js';
import { Terminal } from './view/terminal.js';

const CHANNELS = [PUBLIC, 'demo.clock'];
const AUDIT_EVERY_MS = 10_000;

const session = new Session(CHANNELS);
const audit = new Audit(CHANNELS, session.ledger);
const deck = new Deck(session, audit);
const resume = new Resume(audit, note => {
  deck.note(note);
  deck.figures();
});
const events = new EventList();
const roll = new Roll();
const bells = new Bells(new Sound(), ring);
const terminal = new Terminal(ring);
const chat = new Chat(sendChat);

session.addEventListener('state', ({ detail }) => {
  if (detail.state !== 'live') resume.abandon();
  deck.state(detail);
  roll.state(detail);
});
session.addEventListener('open', ({ detail }) => {
  deck.noGap();
  hook('notice').textContent = '';
  resume.opened(detail);
});
session.addEventListener('publication', ({ detail }) => {
  const publication = { ...detail, ...resume.place(detail) };
  audit.delivered(publication);
  events.add(publication);
  roll.add(publication);
  bells.strike(publication);
  if (publication.event === 'chat') chat.add(publication);
  deck.figures();
});
session.addEventListener('gap', ({ detail }) => {
  audit.gap(detail);
  resume.gap();
  deck.gap(detail);
  deck.figures();
});
session.addEventListener('cursor', () => deck.figures());
session.addEventListener('notice', ({ detail }) => (hook('notice').textContent = `The hub says: ${detail}`));

setInterval(async () => {
  await audit.run();
  deck.figures();
}, AUDIT_EVERY_MS);
addEventListener('online', () => session.hurry());
document.addEventListener('visibilitychange', () => document.hidden || session.hurry());

deck.figures();
session.connect(deck.chosen);

async function ring(bell) {
  try {
    const id = await publish({ bell, message: 'ding' });
    terminal.say(`201 Created: publication ${id}`);
    hook('notice').textContent = '';
    deck.rung();
  } catch (failure) {
    terminal.say('');
    hook('notice').textContent = `No bell rang. ${failure.message}`;
  }
}

/** The plain chat dialect where there is a socket, one POST of the same object where there is none. */
async function sendChat(object) {
  if (session.chat(object)) return;
  await publish(object, 'chat');
  return session.state === 'live' ? '' : 'Published. You will see it here when you are connected again.';
}
