import { identityUnusable } from './unusable.js';

/**
 * A legal entity id `scheme:id` with spaces and case removed, its scheme kept (DESIGN.md §4).
 * The scheme may be empty ("no scheme named"), the id may not.
 */
export function normaliseEntity(entity: string): string {
  const plain = entity.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
  const colon = plain.indexOf(':');
  if (colon < 0 || colon === plain.length - 1) throw identityUnusable('a legal entity is named as scheme:id');
  return plain;
}

/** Splits a normalised `scheme:id` at its first colon; the id itself may hold colons. */
export function splitEntity(entity: string): { scheme: string; id: string } {
  const plain = normaliseEntity(entity);
  const colon = plain.indexOf(':');
  return { scheme: plain.slice(0, colon), id: plain.slice(colon + 1) };
}
