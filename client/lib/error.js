/**
 * A refusal: `code` is a name of docs/problems.md or that of the close, `status` that of HTTP, `retryAfter` in seconds;
 * `reconnect` is what the hub says of coming back.
 */
export class CarillonError extends Error {
  name = 'CarillonError';

  constructor({ code, status, message, retryAfter, reconnect }) {
    super(message || code || status);
    Object.assign(this, { code, status, retryAfter, reconnect });
  }

  static async of(response) {
    const { type, title, detail } = await response.json().catch(() => ({}));
    const message = [title, detail].filter(Boolean).join(': ');
    const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
    return new CarillonError({ code: type?.split('/').pop(), status: response.status, message, retryAfter });
  }
}

/** True if it would be repeated. A status without one of the hub's names is somebody else's, on the way. */
export function final({ status, code, reconnect }) {
  return reconnect === false || Boolean(code && [400, 401, 403].includes(status));
}
