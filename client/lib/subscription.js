import { guarded } from './small.js';

/** A handler's place in the log: all of its channels up to `cursor` has been handed out; undefined is from now. */
export class Subscription {
  /** It has been on a link: its cursor is one of ours, not one that the application brought. */
  known = false;
  #gaps = new Map();
  #pattern;

  constructor(channel, handler, { since, ref, close } = {}) {
    Object.assign(this, { channel, handler, ref, close, cursor: since ?? undefined });
    const source = channel.replace(/[.$]/g, '\\$&').replace(/\*\*$/, '.+').replace(/\*/g, '[^.]+');
    this.#pattern = new RegExp(channel === '$' ? '^\\$' : `^(?!\\$)${source}$`);
  }

  covers(channel) {
    return channel === this.channel || this.#pattern.test(channel);
  }

  /** The link has delivered everything up to here. */
  reach(id) {
    this.cursor = Math.max(this.cursor ?? 0, id);
  }

  /** Publications of others move the cursor, too: they come merged by id, so nothing older can follow. */
  take(publication) {
    if (publication.id <= this.cursor) return;
    this.cursor = publication.id;
    if (this.covers(publication.channel)) guarded(() => this.handler(publication, this));
  }

  /**
   * If a gap is news: where we were. Of a pattern the other channels may still owe older publications: then the cursor stays.
   */
  miss({ channel, from, to }) {
    const { cursor = 0 } = this;
    const strange = from > to; // that log never gave out our cursor: begin anew
    const known = !strange && to <= Math.max(cursor, this.#gaps.get(channel) ?? 0);
    if (known || !this.covers(channel)) return;
    if (strange) this.#gaps.clear();
    this.#gaps.set(channel, to);
    if (strange || !this.channel.includes('*')) this.cursor = to;
    return cursor;
  }
}
