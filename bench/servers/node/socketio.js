// Socket.IO: a client emits "sub" with a channel, whose room it joins; POST /pub/CHANNEL emits "m" to that room.
const http = require('node:http');
const { Server } = require('socket.io');

function publish(request, response) {
  let body = '';
  request.setEncoding('latin1');
  request.on('data', (piece) => { body += piece; });
  request.on('end', () => {
    io.to(request.url.slice('/pub/'.length)).emit('m', body);
    response.writeHead(200, { 'Content-Length': 0 }).end();
  });
}

const server = http.createServer((request, response) => {
  if (request.method === 'POST' && request.url.startsWith('/pub/')) {
    publish(request, response);
  } else if (!request.url.startsWith('/socket.io/')) {
    response.writeHead(404).end();
  }
});
server.keepAliveTimeout = 3_600_000;
server.maxRequestsPerSocket = 0;
server.requestTimeout = 0;

// As its page on performance tells: bufferutil beside it, no compression, and the first request of a client is let go.
const io = new Server(server, { perMessageDeflate: false, httpCompression: false, serveClient: false });
io.engine.on('connection', (raw) => { raw.request = null; });
io.on('connection', (socket) => socket.on('sub', (channel, done) => { socket.join(channel); done(); }));
server.listen({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 4096 });
