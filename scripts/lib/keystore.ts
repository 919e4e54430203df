import { scrypt as nativeScrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { encryptKeystoreJson, getBytes, hexlify, scrypt } from 'ethers';

const derive = promisify<Buffer, Uint8Array, number, object, Buffer>(nativeScrypt as never);

// What ethers has in JavaScript takes some seconds a key, and a founding makes many.
scrypt.register(async (password, salt, N, r, p, length) =>
  hexlify(await derive(Buffer.from(getBytes(password)), getBytes(salt), length, { N, r, p, maxmem: 256 * 2 ** 20 })),
);

/** A Web3 Secret Storage file with an account's key. */
export function makeKeystore(address: string, privateKey: string, passphrase: string): Promise<string> {
  return encryptKeystoreJson({ address, privateKey }, passphrase);
}
