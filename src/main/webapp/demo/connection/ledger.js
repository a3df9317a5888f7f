/**
 * What has been delivered: the cursor, and whether the hub kept its promise. On one channel ids strictly increase;
 * over all channels of a connection they arrive merged by id, which is what makes one number an exact cursor.
 */
export class Ledger {
  /** The id to resume after; null until the hub has said where we stand. */
  cursor = null;
  received = 0;
  twice = 0;
  /** Publications older than the cursor that were not delivered before: a cursor kept a moment earlier was a lie. */
  late = 0;
  gaps = 0;
  #last = new Map();

  /** Whether the publication is new. The plain chat dialect may leave the id out: such a one cannot be checked. */
  accept({ channel, id }) {
    if (id !== undefined) {
      if (id <= (this.#last.get(channel) ?? -1)) {
        this.twice++;
        return false;
      }
      if (id < this.cursor) this.late++;
      this.#last.set(channel, id);
      this.cursor = Math.max(this.cursor, id);
    }
    this.received++;
    return true;
  }

  /**
   * The channel goes on after `to`. Ours is a cursor over several channels, and the others may still owe us older
   * publications: so it moves only back, to a `to` below it, which is where a hub goes on that does not know our cursor.
   */
  gap({ channel, to }) {
    this.gaps++;
    this.#last.set(channel, to);
    this.cursor = Math.min(this.cursor, to);
  }
}
