// uWebSockets.js: WebSockets on /ws/CHANNEL with its own publish and subscribe, streams on /sse/CHANNEL, POST /pub/CHANNEL.
const uWS = require('@trufflesuite/uws-js-unofficial');

const streams = new Map();
const app = uWS.App();

app.ws('/ws/:channel', {
  compression: uWS.DISABLED,
  idleTimeout: 0,
  sendPingsAutomatically: false,
  maxBackpressure: 64 * 1024 * 1024,
  upgrade(response, request, context) {
    response.upgrade({ channel: request.getParameter(0) }, request.getHeader('sec-websocket-key'),
      request.getHeader('sec-websocket-protocol'), request.getHeader('sec-websocket-extensions'), context);
  },
  open(socket) {
    socket.subscribe((socket.getUserData?.() ?? socket).channel);
  },
});

app.get('/sse/:channel', (response, request) => {
  const channel = request.getParameter(0);
  const all = streams.get(channel) ?? new Set();
  streams.set(channel, all.add(response));
  response.onAborted(() => all.delete(response));
  response.cork(() => response.writeStatus('200 OK').writeHeader('Content-Type', 'text/event-stream').write(':\n\n'));
});

app.post('/pub/:channel', (response, request) => {
  const channel = request.getParameter(0);
  const pieces = [];
  response.onAborted(() => {});
  response.onData((piece, last) => {
    pieces.push(Buffer.from(Buffer.from(piece))); // its memory is uWS' own again after this call
    if (last) {
      const data = Buffer.concat(pieces);
      app.publish(channel, data, false);
      // Later, as there is one buffer that corks, and this request has it now: else an event takes several writes.
      setImmediate(() => event(streams.get(channel), data));
      response.cork(() => response.writeStatus('200 OK').end());
    }
  });
});

function event(all, data) {
  const text = `data: ${data}\n\n`;
  for (const response of all ?? []) {
    response.cork(() => response.write(text));
  }
}

app.any('/*', (response) => response.writeStatus('404 Not Found').end());
app.listen('127.0.0.1', Number(process.argv[2]), (listening) => {
  if (!listening) {
    process.exit(1);
  }
});
