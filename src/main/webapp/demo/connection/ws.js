import { address } from './address.js';

/** Close codes from here on mean: do not come back. */
const DO_NOT_RECONNECT = 4500;

/** WebSocket: text frames, each one JSON object or, as we ask for batches, an array of them. */
export function openSocket({ channels, cursor, on }) {
  const url = address('v1/ws', { channel: channels, since: cursor, batch: 1 });
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  const send = object => socket.send(JSON.stringify(object));
  let bye = null;
  let positioned = cursor !== null;
  let heartbeat = 25;
  let watchdog;

  const answers = {
    welcome(frame) {
      heartbeat = frame.heartbeat ?? heartbeat;
      on.open();
    },
    subscribed({ since, head }) {
      if (positioned) return;
      positioned = true;
      on.cursor(since ?? head);
    },
    message: on.publication,
    // The chat dialect's frame is the data itself, the hub's id and channel laid beside its four fields.
    chat: ({ id, channel, ...data }) => on.publication({ id, channel: channel ?? channels[0], event: 'chat', data }),
    gap: on.gap,
    ping: () => send({ type: 'pong' }),
    error: frame => on.notice(frame.message ?? frame.code),
    bye: frame => (bye = frame),
  };

  socket.onmessage = ({ data }) => {
    watch();
    for (const frame of [JSON.parse(data)].flat()) answers[frame.type]?.(frame);
  };
  socket.onclose = ({ code, reason }) => {
    clearTimeout(watchdog);
    on.lost({ reason: bye?.reason || reason || `closed (${code})`, final: bye ? !bye.reconnect : code >= DO_NOT_RECONNECT });
  };
  watch();

  /** A network that vanishes says nothing: two heartbeats of silence are the end. */
  function watch() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => on.lost({ reason: 'no heartbeat' }), 2 * heartbeat * 1000);
  }

  return {
    close() {
      clearTimeout(watchdog);
      socket.onmessage = null;
      socket.close();
    },
    chat(object) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      send(object);
      return true;
    },
  };
}
