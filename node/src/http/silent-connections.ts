import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Follows the connections of a server that have brought no request yet, such as those amid a TLS handshake. What it answers ends
 * them: a server that closes waits for them, and no longer looks at how long they have been silent.
 */
export function followSilent(server: Server): () => void {
  const silent = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    silent.set(peer, socket);
    socket.once('close', () => silent.get(peer) === socket && silent.delete(peer));
  });
  server.on('request', ({ socket }) => silent.delete(peerOf(socket)));
  return () => silent.forEach((socket) => socket.destroy());
}

/** A request over TLS comes by another socket than the connection; both know from where. */
const peerOf = ({ remoteAddress, remotePort }: Socket): string => [remoteAddress, remotePort].join(' ');
