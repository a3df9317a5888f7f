import { address } from './address.js';
import { problemOf } from './problem.js';

const HOLD_S = 25;
/** The first answer is wanted soon, for until then nobody can tell a held poll from a dead server. */
const FIRST_HOLD_S = 1;
/** What an answer may take on its way, beyond the hold. */
const GRACE_S = 10;

/** Long-poll: one request after the other, each from the cursor that the last one answered. */
export function openPoll({ channels, cursor, on }) {
  const closed = new AbortController();
  run();
  return { close: () => closed.abort() };

  async function run() {
    let opened = false;
    while (!closed.signal.aborted) {
      let answer;
      try {
        answer = await poll(opened ? HOLD_S : FIRST_HOLD_S);
      } catch (failure) {
        on.lost(failure instanceof Refusal ? failure : { reason: 'no answer' });
        return;
      }
      if (!opened) on.open();
      opened = true;
      deliver(answer);
      if (answer.status === 'bye') {
        on.lost({ reason: answer.reason ?? 'bye', final: answer.reconnect === false });
        return;
      }
    }
  }

  function deliver(answer) {
    for (const gap of answer.gaps ?? []) on.gap(gap);
    for (const publication of answer.messages) on.publication(publication);
    cursor = answer.cursor;
    on.cursor(cursor);
  }

  async function poll(hold) {
    const request = new AbortController();
    const abort = () => request.abort();
    const timer = setTimeout(abort, (hold + GRACE_S) * 1000);
    closed.signal.addEventListener('abort', abort);
    try {
      const url = address('v1/poll', { channel: channels, last_id: cursor, timeout: hold });
      const response = await fetch(url, { signal: request.signal, cache: 'no-store' });
      if (!response.ok) throw await Refusal.of(response);
      return await response.json();
    } finally {
      clearTimeout(timer);
      closed.signal.removeEventListener('abort', abort);
    }
  }
}

/** The hub answered, but not with publications. A bad or forbidden request will be so again: it is final. */
class Refusal {
  static async of(response) {
    const refusal = new Refusal();
    refusal.reason = await problemOf(response);
    refusal.final = [400, 401, 403].includes(response.status);
    const seconds = Number(response.headers.get('Retry-After'));
    if (seconds > 0) refusal.after = seconds * 1000;
    return refusal;
  }
}
