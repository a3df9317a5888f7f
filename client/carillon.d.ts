/** A publication as a handler gets it. */
export interface Publication<T = unknown> {
  /** Strictly increasing over all channels of the hub. */
  id: number;
  channel: string;
  /** `message` when the publisher gave none. */
  event: string;
  data: T;
  /** When the hub took it, milliseconds since 1970; a WebSocket leaves it out of the plain chat dialect. */
  time?: number;
}

/** Something of that channel (or pattern) was missed and cannot be replayed: refetch the state. */
export interface Gap {
  channel: string;
  /** Up to here everything had been delivered; above `to` when the hub does not know that cursor. */
  from: number;
  /** The newest id that may be missing. */
  to: number;
}

export type Transport = 'websocket' | 'sse' | 'long-poll';

/** Why a connection is over, or why a request or subscription was refused. */
export interface Trouble {
  /** A name of the hub's problems, or the code of a close. */
  code?: string | number;
  /** Of HTTP. */
  status?: number;
  message?: string;
  /** True if the client has given up: it goes on by `connect()` only. */
  fatal: boolean;
  /** Seconds until the next attempt. */
  retryIn?: number;
  /** The subscription that has ended by this, if it concerns only one. */
  channel?: string;
}

export interface Events {
  open: { transport: Transport };
  close: Trouble;
  gap: Gap;
  transport: { transport: Transport; from: Transport | null };
  error: Trouble;
  /** What was published to `$user.<name>` or `$connection.<id>`. */
  direct: Publication;
}

export interface Options {
  /** A JWT, or a function that fetches one whenever a new one is needed. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /**
   * The name by which this client is a member of a channel with presence=on, unless its token says who it is: 1 to 64 of
   * `A-Z a-z 0-9 _ . : -`. By default one that nothing else has.
   */
  client?: string;
  /** Which to use, the best first. */
  transports?: Transport[];
  /** One connection for all tabs of the origin. */
  shared?: boolean;
  /** Seconds for a transport to show that it works; 8. */
  openTimeout?: number;
  /** Seconds until a better transport is tried again; 60. Doubles with each failure, up to 16 times that. */
  upgradeAfter?: number;
  /** Seconds of the first back-off at most; 0.5. */
  minDelay?: number;
  /** Seconds of any back-off at most; 30. */
  maxDelay?: number;
  /** Seconds between the hub's signs of life on an event stream, `carillon.heartbeat`; 25. */
  heartbeat?: number;
}

export interface Subscription<T = unknown> {
  readonly channel: string;
  /** Everything up to here has been handed out; undefined until the hub has said where "now" is. Keep it for `since`. */
  readonly cursor: number | undefined;
  /** The handler hears nothing more. */
  close(): void;
}

export interface PublishOptions {
  event?: string;
  /** Idempotency key: the same one within five minutes stores nothing. */
  key?: string;
  /** Seconds. */
  ttl?: number;
  ephemeral?: boolean;
}

export interface Presence {
  channel: string;
  count: number;
  subscribers: { connection: string; user: string | null; transport: Transport }[];
  /** How many members there are; this and what follows only of a channel with presence=on. */
  present?: number;
  members?: { member: string; user: string | null; client: string | null; since: number }[];
  cursor?: number;
}

export interface History<T = unknown> {
  channel: string;
  publications: Publication<T>[];
  cursor: number;
  more: boolean;
  gaps: Gap[];
}

export class CarillonError extends Error {
  code?: string | number;
  status?: number;
  /** Seconds. */
  retryAfter?: number;
  reconnect?: boolean;
}

export class Carillon {
  /** @param url the hub's `v1`, relative to the page; `/v1` when absent */
  constructor(url?: string, options?: Options);

  /** Listens; answers a function that ends it. */
  on<N extends keyof Events>(name: N, listener: (detail: Events[N]) => void): () => void;

  /**
   * Hands out each publication of a channel or pattern once, in the order of ids.
   *
   * @param options.since the cursor to begin after; 0 is all that is retained, absent is from now
   */
  subscribe<T = unknown>(
    channel: string,
    handler: (publication: Publication<T>, subscription: Subscription<T>) => void,
    options?: { since?: number },
  ): Subscription<T>;

  /** Resolved when it is stored; rejected with a CarillonError, or a TypeError when there is no network. */
  publish(channel: string, data: unknown, options?: PublishOptions): Promise<{ id: number; channel: string; duplicate: boolean }>;

  presence(channel: string): Promise<Presence>;

  history<T = unknown>(channel: string, options?: { since?: number; limit?: number }): Promise<History<T>>;

  /** What is connected now; null while nothing is. */
  readonly transport: Transport | null;

  /** Tries now what waits, and again after a fatal error. */
  connect(): void;

  /** For good. */
  close(): void;
}
