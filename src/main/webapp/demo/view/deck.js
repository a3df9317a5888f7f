import { TRANSPORTS } from '../connection/session.js';
import { clockTime, hook, html } from './dom.js';

/** The connection's panel: transport, plug, state, cursor, figures, and one line that says what happens. */
export class Deck {
  #session;
  #audit;
  #status = { state: 'cut' };
  #rungWhileAway = 0;
  #since = Date.now();
  #root = document.querySelector('.deck');
  #radios = [...document.querySelectorAll('input[name="transport"]')];
  #drawn = {};

  constructor(session, audit) {
    this.#session = session;
    this.#audit = audit;
    for (const radio of this.#radios) radio.addEventListener('change', () => session.connect(radio.value));
    hook('plug').addEventListener('click', () => {
      if (session.state === 'cut') session.connect();
      else session.disconnect();
    });
    setInterval(() => this.#tick(), 250);
  }

  get chosen() {
    return this.#radios.find(radio => radio.checked).value;
  }

  state(status) {
    if (this.#status.state !== status.state) this.#since = Date.now();
    this.#status = status;
    const cut = status.state === 'cut';
    this.#root.dataset.state = status.state;
    hook('state').textContent = status.state;
    hook('plug').textContent = cut ? 'Reconnect' : 'Disconnect';
    if (status.state === 'live') this.#rungWhileAway = 0;
    else this.note('');
    this.#tick();
  }

  /** The one line below the cursor; empty while the connection is away, so that no old success stands there. */
  note(text) {
    hook('resume-note').textContent = text;
    this.#tick();
  }

  /** A bell was struck here; while we are away that is all there is to see of it. */
  rung() {
    if (this.#status.state !== 'live') this.#rungWhileAway++;
    this.#tick();
  }

  gap({ channel, from, to }) {
    hook('gap').textContent =
      from > to
        ? `Gap on ${channel}: the hub does not know cursor ${from}, its log has not come that far. Going on after ${to}.`
        : `Gap on ${channel}: what was published after ${from} and up to ${to} is no longer kept. An application would now fetch its state afresh.`;
  }

  noGap() {
    hook('gap').textContent = '';
  }

  figures() {
    const { cursor, received, twice, late, gaps } = this.#session.ledger;
    this.#write('received', received);
    this.#write('missing', this.#audit.missing, this.#audit.missing > 0);
    this.#write('twice', twice, twice > 0);
    this.#write('gaps', gaps, gaps > 0);
    if (this.#drawn.cursor !== cursor) {
      this.#drawn.cursor = cursor;
      hook('cursor').replaceChildren(...inThousands(cursor));
    }
    this.#write('verdict', this.#verdict(late), late > 0);
  }

  #verdict(late) {
    if (late > 0) return `${late} came later than a newer one`;
    if (!this.#audit.readable) return 'order checked; this hub keeps its history to itself';
    if (this.#audit.checkedAt === null) return 'ids strictly increase';
    return `ids strictly increase; compared with the hub’s history at ${clockTime(this.#audit.checkedAt)}`;
  }

  #invitation() {
    const rung = this.#rungWhileAway;
    if (rung === 0) return 'Strike a bell meanwhile, then come back on any transport.';
    return `You rang ${rung === 1 ? 'once' : `${rung} times`}: come back on any transport and hear it.`;
  }

  #write(name, value, bad = false) {
    if (this.#drawn[name] === value) return;
    this.#drawn[name] = value;
    hook(name).textContent = value;
    hook(name).classList.toggle('bad', bad);
  }

  /** What changes with the clock alone. Not in a live region: nobody wants seconds read aloud. */
  #tick() {
    const { state, reason, until } = this.#status;
    const { cursor } = this.#session.ledger;
    const seconds = Math.floor((Date.now() - this.#since) / 1000);
    const because = reason ? ` (${reason})` : '';
    const left = until ? `${Math.max(0, Math.ceil((until - Date.now()) / 1000))} s` : 'the browser’s retry';
    this.#write('state-detail', {
      connecting: `over ${TRANSPORTS[this.#session.transport]?.label}`,
      live: `for ${seconds} s over ${TRANSPORTS[this.#session.transport]?.label}`,
      cut: `for ${seconds} s${because}`,
      waiting: `for ${left}${because}`,
    }[state]);
    const holding = state === 'cut' || state === 'waiting';
    this.#write('holding', holding && cursor !== null ? `Holding cursor ${cursor} for ${seconds} s. ${this.#invitation()}` : '');
    hook('hint').hidden = holding || hook('resume-note').textContent !== '';
  }
}

/** Sixteen digits are read in groups; the text itself stays a plain number. */
function inThousands(cursor) {
  if (cursor === null) return ['–'];
  const digits = String(cursor);
  const head = digits.length % 3;
  const groups = [digits.slice(0, head), ...digits.slice(head).match(/\d{3}/g) ?? []].filter(Boolean);
  return groups.map(group => html('span', {}, group));
}
