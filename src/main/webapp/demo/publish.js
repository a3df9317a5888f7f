import { address } from './connection/address.js';
import { problemOf } from './connection/problem.js';

export const PUBLIC = 'public';

/** Publishes by HTTP and answers the id that it was given. Throws an Error whose message can be shown. */
export async function publish(data, event) {
  const response = await fetch(publicationsOf(PUBLIC, { event }), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(data),
  }).catch(() => {
    throw new Error('The hub does not answer.');
  });
  if (!response.ok) throw new Error(await problemOf(response));
  return (await response.json()).id;
}

/** Where a channel's publications are posted, and its history read. */
export function publicationsOf(channel, query) {
  return address(`v1/channels/${encodeURIComponent(channel)}/publications`, query);
}
