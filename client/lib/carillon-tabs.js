/**
 * One connection for all tabs of an origin. The tab that holds a lock leads: it has the connection, subscribes for all, and
 * passes on what comes, once for all. To the others it speaks as the hub does on a WebSocket, so each of them resumes at its
 * own cursors when another tab takes the lead. A lock ends with its tab, however that ends.
 */
const HEARTBEAT = 10;
const EVENTS = ['open', 'close', 'transport', 'error'];
const seats = new WeakMap();

/** A link to the tab that leads, which may be this one. */
async function follow(link) {
  if (!seats.has(link.end)) seats.set(link.end, new Seat(link));
  const seat = seats.get(link.end);
  await seat.taken; // else the leader might get our lock before us, and take us for gone
  if (link.over) return;
  seat.insist();
  const bus = new BroadcastChannel(link.name);
  bus.onmessage = ({ data: { frame, to } }) => {
    if (!frame || (to && to !== seat.id)) return;
    seat.answered = true;
    link.hear(frame);
  };
  link.send = say => bus.postMessage({ from: seat.id, say });
  link.send({ type: 'hello' });
  await ended(link.signal);
  bus.close();
}

/** A tab among the others. */
class Seat {
  id = crypto.randomUUID();
  answered = true;
  #link;
  #end;

  constructor(link) {
    this.#link = link;
    this.#end = ended(link.end);
    // By the end of this lock the leader learns of ours.
    this.taken = new Promise(taken => {
      navigator.locks.request(`${link.name} ${this.id}`, () => {
        taken();
        return this.#end;
      });
    });
    this.#stand({ signal: link.end });
  }

  /** A leader that has not answered is frozen, perhaps: who is looked at takes the lead. */
  insist() {
    if (!this.answered && !globalThis.document?.hidden) this.#stand({ steal: true });
    this.answered = false;
  }

  async #stand(how) {
    let leader;
    const lead = () => {
      leader = new Leader(this.#link);
      return this.#end;
    };
    await navigator.locks.request(this.#link.name, how, lead).catch(() => {}); // it was stolen, or we are at the end
    leader?.close();
    if (leader && !this.#link.end.aborted) this.#stand({ signal: this.#link.end });
  }
}

class Leader {
  #name;
  #bus;
  #hub;
  #tabs = new Map(); // by their id, the subscriptions that each has asked for
  #beat = setInterval(() => this.#say({ type: 'ping' }), HEARTBEAT * 1000);

  constructor({ name, direct }) {
    this.#name = name;
    this.#bus = new BroadcastChannel(name);
    this.#hub = direct(frame => this.#say(frame));
    this.#hub.on('gap', () => {}); // each tab tells its own
    for (const event of EVENTS) {
      // An error of one subscription is told to whose it is.
      this.#hub.on(event, detail => detail.channel || this.#say({ type: 'event', name: event, detail }));
    }
    this.#bus.onmessage = ({ data: { from, say } }) => from && this.#hear(from, say);
    this.#say({ type: 'leader' });
  }

  close() {
    clearInterval(this.#beat);
    this.#hub.close();
    this.#bus.close();
  }

  #say(frame, to) {
    this.#bus.postMessage({ frame, to });
  }

  #hear(from, { type, channel, since, ref }) {
    if (type === 'hello') this.#welcome(from);
    const subs = this.#tabs.get(from);
    if (type === 'subscribe') subs?.add(this.#hub.subscribe(channel, () => {}, { since, ref }));
    if (type === 'unsubscribe') this.#end(subs, channel);
  }

  #welcome(from) {
    if (this.#tabs.has(from)) this.#end(this.#tabs.get(from));
    else navigator.locks.request(`${this.#name} ${from}`, () => this.#leave(from));
    this.#tabs.set(from, new Set());
    this.#say({ type: 'welcome', heartbeat: HEARTBEAT }, from);
    const { transport } = this.#hub;
    if (transport) this.#say({ type: 'event', name: 'open', detail: { transport } }, from);
  }

  #leave(from) {
    this.#end(this.#tabs.get(from));
    this.#tabs.delete(from);
  }

  #end(subs, channel) {
    for (const sub of subs) {
      if (channel && sub.channel !== channel) continue;
      sub.close();
      subs.delete(sub);
    }
  }
}

function ended(signal) {
  return new Promise(resolve => signal.addEventListener('abort', resolve));
}

export { follow };
