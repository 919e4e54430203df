import { createHmac } from 'node:crypto';
import { createSHA256 } from 'hash-wasm';

const BLOCK = 64;
const hasher = await createSHA256();

/**
 * HMAC-SHA-256 under one key, as a function of the message. Written on a reused hasher, since a document needs one for
 * each field and node:crypto makes an object for each.
 */
export function hmacUnder(key: Uint8Array): (message: string) => Uint8Array {
  const [inner, outer] = [new Uint8Array(BLOCK).fill(0x36), new Uint8Array(BLOCK).fill(0x5c)];
  key.forEach((byte, i) => {
    inner[i]! ^= byte;
    outer[i]! ^= byte;
  });
  return (message) => {
    const digest = hasher.init().update(inner).update(message).digest('binary');
    return hasher.init().update(outer).update(digest).digest('binary');
  };
}

// Keys here are 32 bytes; a longer one than a block would have to be hashed first.
for (const message of ['', '/lines/0/quantity', 'ü'.repeat(100)]) {
  const key = Buffer.alloc(32, message.length + 1);
  if (Buffer.compare(hmacUnder(key)(message), createHmac('sha256', key).update(message).digest()) !== 0) {
    throw new Error('HMAC-SHA-256: hash-wasm and node:crypto differ');
  }
}
