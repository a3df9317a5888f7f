import { publicationsOf, PUBLIC } from '../publish.js';
import { hook } from './dom.js';

/** The card with the command line: what to type to ring every open page, and a button for those without a terminal. */
export class Terminal {
  #status = hook('ring-status');

  constructor(ring) {
    const command = hook('curl');
    command.textContent = [
      `curl ${publicationsOf(PUBLIC)}`,
      `  -H 'Content-Type: application/json'`,
      `  -d '{"bell":3,"message":"from a terminal"}'`,
    ].join(' \\\n');
    hook('ring').addEventListener('click', () => ring(1));
    hook('copy').addEventListener('click', () => this.#copy(command));
  }

  say(text) {
    this.#status.textContent = text;
  }

  async #copy(command) {
    try {
      await navigator.clipboard.writeText(command.textContent);
      this.say('Copied.');
    } catch {
      // No clipboard without HTTPS, on a phone in the same network for one: then select, the rest is one gesture.
      getSelection().selectAllChildren(command);
      this.say('Selected: copy it with your keyboard or menu.');
    }
  }
}
