const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

export const count = number => (number < 10 ? tenth : whole).format(number);

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** A large number as one says it: 9.82M. */
export const short = number => (number < 100_000 ? whole : compact).format(number);

/** What people call the transports. */
export const names = { websocket: 'WebSocket', sse: 'SSE', 'long-poll': 'Long-poll' };

/** An id or a cursor: digits as they are, to be copied. */
export const id = number => String(number);

export function bytes(number) {
  let value = number;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 && unit ? tenth.format(value) : whole.format(value)} ${UNITS[unit]}`;
}

/** Milliseconds that something took. */
export function took(millis) {
  if (millis >= 1000) return `${tenth.format(millis / 1000)} s`;
  return `${millis < 10 ? tenth.format(millis) : whole.format(millis)} ms`;
}

/** A span of milliseconds in its two largest units. */
export function span(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const [d, h, m, s] = [seconds / 86400, (seconds / 3600) % 24, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  if (d) return `${d} d ${h} h`;
  if (h) return `${h} h ${m} min`;
  if (m) return `${m} min ${s} s`;
  return `${s} s`;
}

/** Words of the reference page, without its marks. */
export const plain = words => words.replaceAll('`', '');

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const time = millis => clock.format(millis);
export const moment = millis => new Date(millis).toISOString().replace('T', ' ').replace(/\.\d+Z/, ' UTC');
