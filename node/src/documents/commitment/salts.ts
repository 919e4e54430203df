import { createHmac } from 'node:crypto';
import { createSHA256 } from 'hash-wasm';

const BLOCK = 64;
const DIGEST = 32;
const hasher = await createSHA256();
const sha256 = (bytes: Uint8Array): Uint8Array => hasher.init().update(bytes).digest('binary');

let scratch = Buffer.alloc(1024);

/**
 * HMAC-SHA-256 under one key, as a function of the message. Written on a reused hasher, since a document needs one for
 * each field and node:crypto makes an object for each; each call into it costs, so that what is hashed is put together first.
 */
export function hmacUnder(key: Uint8Array): (message: string) => Uint8Array {
  const [inner, outer] = [Buffer.alloc(BLOCK, 0x36), Buffer.alloc(BLOCK + DIGEST, 0x5c)];
  key.forEach((byte, i) => {
    inner[i]! ^= byte;
    outer[i]! ^= byte;
  });
  return (message) => {
    const length = BLOCK + Buffer.byteLength(message);
    if (scratch.length < length) scratch = Buffer.alloc(2 * length);
    scratch.set(inner);
    scratch.write(message, BLOCK);
    outer.set(sha256(scratch.subarray(0, length)), BLOCK);
    return sha256(outer);
  };
}

// Keys here are 32 bytes; a longer one than a block would have to be hashed first.
for (const message of ['', '/lines/0/quantity', 'ü'.repeat(100)]) {
  const key = Buffer.alloc(32, message.length + 1);
  if (Buffer.compare(hmacUnder(key)(message), createHmac('sha256', key).update(message).digest()) !== 0) {
    throw new Error('HMAC-SHA-256: hash-wasm and node:crypto differ');
  }
}
