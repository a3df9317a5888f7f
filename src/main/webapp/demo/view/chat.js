import { clockTime, hook, html } from './dom.js';

const BUBBLES = 200;
const NAMES = ['Bourdon', 'Tenor', 'Treble', 'Clapper', 'Sallie', 'Tierce', 'Quint', 'Nominal', 'Baton', 'Campana'];

/** The chat: bubbles from the log of `public`, and a form that sends in the classic tutorial's words. */
export class Chat {
  #log = hook('chat-log');
  #text = hook('chat-text');
  #name = hook('chat-name');
  #status = hook('chat-status');
  #mine = new Set();

  /** @param send takes the chat object; answers a sentence for the person, or throws an Error with one */
  constructor(send) {
    this.#name.value ||= sessionStorage.getItem('chat-name') ?? NAMES[Math.floor(Math.random() * NAMES.length)];
    this.#name.addEventListener('change', () => sessionStorage.setItem('chat-name', this.#name.value));
    document.querySelector('.chat-form').addEventListener('submit', event => {
      event.preventDefault();
      this.#submit(send);
    });
  }

  async #submit(send) {
    const message = this.#text.value.trim();
    const user = this.#name.value.trim();
    if (!message || !user) return;
    const chat = { type: 'chat', user, message, timestamp: Date.now() };
    this.#mine.add(fingerprint(chat));
    this.#text.value = '';
    this.#text.focus();
    try {
      this.#status.textContent = (await send(chat)) ?? '';
    } catch (failure) {
      this.#mine.delete(fingerprint(chat));
      this.#text.value ||= message;
      this.#status.textContent = failure.message;
    }
  }

  add({ id, data, at }) {
    const { user = 'somebody', message = JSON.stringify(data), timestamp } = data ?? {};
    const own = this.#mine.delete(fingerprint({ user, message, timestamp }));
    this.#log.querySelector('.empty')?.remove();
    const follow = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 40;
    this.#log.append(
      html(
        'div',
        { class: own ? 'bubble own' : 'bubble', 'data-id': id, 'data-user': String(user) },
        html('span', { class: 'bubble-user' }, own ? `${user} (you)` : String(user)),
        html('p', {}, String(message)),
        html('time', {}, clockTime(at)),
      ),
    );
    while (this.#log.children.length > BUBBLES) this.#log.firstElementChild.remove();
    if (follow || own) this.#log.scrollTop = this.#log.scrollHeight;
  }
}

/** What tells our own messages from those of a namesake in the other tab. */
const fingerprint = ({ user, message, timestamp }) => JSON.stringify([user, message, timestamp]);
