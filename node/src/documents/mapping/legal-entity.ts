import type { LegalEntity, PartyModel } from '../model/index.js';
import type { SourceNode } from '../source/source-node.js';
import { carry, text } from './values.js';

/** An identifier as members register and documents are compared by: without spaces, letters raised. */
function normaliseEntityId(id: string): string {
  return id.replace(/\s+/gu, '').toUpperCase().normalize('NFC');
}

/** Where a document writes an identifier, and where its scheme. */
export interface EntityPlace {
  readonly id: SourceNode | undefined;
  readonly scheme?: SourceNode | undefined;
}

/** The party that these identifiers name, the first present being its legal entity (DESIGN.md §4). */
export function partyOf(places: readonly EntityPlace[], names: readonly (SourceNode | undefined)[]): PartyModel {
  const present = places.filter(({ id }) => id?.value?.trim());
  const entities: LegalEntity[] = [];
  for (const { id, scheme } of present) {
    const entity = { scheme: scheme?.value?.trim() ?? '', id: normaliseEntityId(id!.value!) };
    if (!entities.some((other) => other.id === entity.id && other.scheme === entity.scheme)) entities.push(entity);
  }
  const [entity] = entities;
  if (entity) {
    carry(present[0]!.id!, entity.id);
    if (present[0]!.scheme) carry(present[0]!.scheme, entity.scheme);
  }
  const name = text(names.find((node) => node?.value?.trim()));
  return { ...(entity && { entity }), entities, ...(name !== undefined && { name }) };
}

/**
 * Whom a document says to pay, where that is another than its supplier: one that shares no identifier with it or, without any, none of
 * its `names`. What says to pay the supplier itself stays a value of the source's own.
 */
export function otherPayee(
  node: SourceNode | undefined,
  payTo: PartyModel,
  payee: PartyModel,
  names: readonly (string | undefined)[] = [payee.name],
): PartyModel | undefined {
  const isOther = payTo.entity ? !sameParty(payTo, payee) : payTo.name !== undefined && !hasName(names, payTo.name);
  if (isOther) return payTo;
  node?.release();
  return undefined;
}

const hasName = (names: readonly (string | undefined)[], name: string): boolean =>
  names.some((each) => each !== undefined && nameKey(each) === nameKey(name));

/** Names differ by more than how their letters and spaces are written. */
const nameKey = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toUpperCase();

/** Whether two parties share an identifier. */
export function sameParty(a: PartyModel, b: PartyModel): boolean {
  return a.entities.some((x) => b.entities.some((y) => x.id === y.id && x.scheme === y.scheme));
}
