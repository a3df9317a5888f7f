import { CarillonError } from './error.js';

/** For so long a poll is held, and its way may take so much more; seconds. */
const HOLD = 25;
const GRACE = 10;

/**
 * Each opens one connection at `link.query` and tells `link.hear` what comes, as frames of the WebSocket's contract, and
 * `cursor` where the others say where the client stands. It ends or throws when the connection is over. `link.signal` ends it
 * from our side; `link.send` is there where one can speak.
 */
export const TRANSPORTS = {
  async websocket(link) {
    // With a ticket the hub knows from the first moment who this is: then what is sent to the user alone is resumed, too.
    const { requests, signal } = link;
    const ticket = (await requests.token()) && (await requests.json('tickets', {}, { method: 'POST', signal })).ticket;
    const url = requests.url('ws', { ...link.query, batch: 1, ticket });
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url);
    signal.addEventListener('abort', () => socket.close());
    link.send = frame => socket.readyState === 1 && socket.send(JSON.stringify(frame));
    socket.onmessage = ({ data }) => {
      for (const frame of [JSON.parse(data)].flat()) link.hear(frame.type === 'chat' ? plain(frame) : frame);
    };
    const { code, reason: message } = await new Promise(resolve => (socket.onclose = resolve));
    throw new CarillonError({ code, message, reconnect: code < 4000 ? undefined : code < 4500 });
  },

  // By fetch and not by EventSource, which can send no token, and hides heartbeats, refusals and events that it does not know.
  async sse(link) {
    const { query, requests, signal } = link;
    const headers = { Accept: 'text/event-stream' };
    const response = await requests.ask('events', { ...query, envelope: 1 }, { headers, signal });
    if (!response.headers.get('Content-Type')?.startsWith(headers.Accept)) throw new Error('no event stream');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = '', part; !(part = await reader.read()).done; ) {
      link.hear({ type: 'welcome' });
      const blocks = (rest + part.value).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) event(link, fields(block));
    }
  },

  async 'long-poll'(link) {
    const { query, requests, signal } = link;
    const { since, ...rest } = query;
    // The first answer is wanted soon: until then nobody can tell a held poll from a dead hub.
    for (let last_id = since, timeout = 1; ; timeout = HOLD) {
      const answer = await requests.json('poll', { ...rest, last_id, timeout }, { signal });
      link.hear({ type: 'welcome', heartbeat: (HOLD + GRACE) / 2 });
      link.hear({ type: 'cursor', id: last_id ?? (answer.messages[0]?.id ?? answer.cursor + 1) - 1 }); // before what follows it
      for (const frame of frames(answer)) link.hear(frame);
      link.hear({ type: 'cursor', id: (last_id = answer.cursor) });
      if (answer.status === 'bye') link.hear({ ...answer, type: 'bye' });
    }
  },

  /** One connection for all tabs: see there. */
  async tabs(link) {
    const { follow } = await import('./carillon-tabs.js');
    await follow(link);
  },
};

/** What an answer of a poll carries. */
export function frames({ gaps, messages }) {
  return [...gaps.map(gap => ({ ...gap, type: 'gap' })), ...messages.map(message => ({ ...message, type: 'message' }))];
}

/** The plain chat dialect's frame is the data itself, with the hub's id and channel. */
function plain({ id, channel, ...data }) {
  return { type: 'message', channel, id, event: 'chat', data };
}

function event(link, { id, event, data, retry }) {
  if (retry) link.retry = Number(retry);
  const type = event === 'gap' || event === 'bye' ? event : 'message';
  if (data) link.hear({ ...JSON.parse(data), type });
  if (id && (!data || type === 'gap')) link.hear({ type: 'cursor', id: Number(id) });
}

function fields(block) {
  const all = {};
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w*):? ?([^]*)$/.exec(line);
    all[name] = name === 'data' && name in all ? `${all.data}\n${value}` : value;
  }
  return all;
}
