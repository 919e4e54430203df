import { MAX_BUNDLE_BYTES } from '../../node/src/proofs/verify/bundle/read-bundle.js';
import { readTrust, type Trust } from '../../node/src/proofs/verify/trust/trust.js';
import { Unusable } from '../../node/src/proofs/verify/unusable.js';

/** A trust file that the reader gave as theirs: what is shown of it is what is judged by. */
export interface Pinned {
  readonly name: string;
  readonly trust: Trust;
}

/** The trust file among `files`, which must be the only one. Throws {@link Unusable}. */
export async function readPinned(files: readonly File[]): Promise<Pinned> {
  const file = onlyOne(files);
  return { name: file.name, trust: readTrust(await bytesOf(file)) };
}

/** The bytes of the proof among `files`, which must be the only one. Throws {@link Unusable}. */
export async function readProof(files: readonly File[]): Promise<Uint8Array> {
  const file = onlyOne(files);
  const bytes = await bytesOf(file);
  if (isTrustFile(bytes))
    throw new Unusable(
      'USAGE',
      `${file.name} is a trust file and no proof. Nobody who sends you proofs can say whom you trust; a trust file of your own goes into the field for it.`,
    );
  return bytes;
}

/** Of several, one would be judged and the others seem to be. */
function onlyOne(files: readonly File[]): File {
  const [file, ...others] = files;
  if (!file) throw new Unusable('USAGE', 'What was given is no file.');
  if (others.length > 0)
    throw new Unusable(
      'USAGE',
      `${files.length} files were given; one proof is judged at a time, and your trust file has a field of its own.`,
    );
  return file;
}

/** This decides on words alone: what is no proof is not judged as one either way. */
function isTrustFile(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  return text.includes('"tradeproof-trust"') && !/"tradeproof-(?:bundle|evidence)"/.test(text);
}

async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MAX_BUNDLE_BYTES)
    throw new Unusable('TOO_LARGE', `${file.name} has ${file.size} bytes; at most ${MAX_BUNDLE_BYTES} are read.`);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new Unusable(
      'UNREADABLE',
      `${file.name} cannot be read: it is a folder, or it was changed or taken away since. Give it again.`,
    );
  }
}
