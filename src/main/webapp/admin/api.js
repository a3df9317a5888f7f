const BASE = new URL('../v1/', document.baseURI);
const KEPT = 'carillon.console.token';

/** A request that the hub did not take; the message is the hub's own. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `the hub answered ${status}`);
    this.status = status;
  }
}

let token = sessionStorage.getItem(KEPT) ?? '';
let lost = () => {};

/** Undefined for who is known by the server's own login. */
export const credential = () => token || undefined;

export function keep(fresh) {
  token = fresh;
  if (fresh) sessionStorage.setItem(KEPT, fresh);
  else sessionStorage.removeItem(KEPT);
}

/** Hears, in words, when the hub does not know us any more. */
export const onLost = listener => (lost = listener);

/** Asks the hub; answers its JSON. */
export async function ask(path, { method = 'GET', query = {}, body, as = token } = {}) {
  const url = new URL(path, BASE);
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') url.searchParams.set(name, value);
  const headers = {};
  if (as) headers.Authorization = `Bearer ${as}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response;
  try {
    response = await fetch(url, { method, headers, body, cache: 'no-store' });
  } catch {
    throw new Refused(0, { detail: 'the hub does not answer' });
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const refused = new Refused(response.status, answer);
  if (response.status === 401 && as === token) lost(refused.message);
  throw refused;
}

export const list = (what, query) => ask(`admin/${what}`, { query });
export const kick = connection => ask(`admin/connections/${encodeURIComponent(connection)}`, { method: 'DELETE' });
export const forget = channel => ask(`admin/channels/${channel}`, { method: 'DELETE' });
export const publish = (channel, json, query) => ask(`channels/${channel}/publications`, { method: 'POST', query, body: json });

/** The newest that a channel retains, the newest first. The hub reads from the oldest on, so it is paged through, within reason. */
export async function history(channel, most) {
  const all = [];
  let since = 0;
  for (let pages = 0, more = true; more && pages < 12; pages++) {
    const page = await ask(`channels/${channel}/publications`, { query: { since, limit: 1000 } });
    all.push(...page.publications);
    if (all.length > most) all.splice(0, all.length - most);
    since = page.cursor;
    more = page.more;
  }
  return all.reverse();
}
