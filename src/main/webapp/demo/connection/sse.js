import { address } from './address.js';

/** An EventSource hears only the event names it was told of. */
export const EVENT_NAMES = ['message', 'update', 'chat'];

/**
 * Server-sent events. On several channels the data of each event is an envelope that names its channel.
 *
 * While the connection merely broke, the browser comes back by itself, after the hub's `retry:` and with the last id as
 * `Last-Event-ID`. An answer that is no stream (a server that is still starting) ends an EventSource: then the session comes back.
 */
export function openEvents({ channels, cursor, on }) {
  const source = new EventSource(address('v1/events', { channel: channels, since: cursor, envelope: 1 }));

  const publication = ({ data, lastEventId }) => on.publication({ ...JSON.parse(data), id: Number(lastEventId) });
  for (const name of EVENT_NAMES) source.addEventListener(name, publication);
  source.addEventListener('gap', ({ data }) => on.gap(JSON.parse(data)));
  source.addEventListener('open', () => on.open());
  source.addEventListener('error', event => {
    if (event instanceof MessageEvent) return; // a publication whose event is named "error", not a failure
    if (source.readyState === EventSource.CLOSED) on.lost({ reason: 'no stream' });
    else on.retrying('stream ended');
  });

  return { close: () => source.close() };
}
