import type { Field } from '../commitment/field.js';
import type { DocumentModel, ItemModel, LineModel, PartyModel } from '../model/index.js';
import { flatten, type Plain } from './flatten.js';
import { invoiceHas } from '../model/invoice-has.js';
import { lineHas } from '../model/line-has.js';

/** Canonical fields of a model: its members under their own names, parties and items in the short form that clients rely on. */
export function modelFields(model: DocumentModel): Field[] {
  const { kind, ...content } = model;
  const entries = Object.entries(content).flatMap(([name, value]): [string, Plain][] => {
    if (isParty(value)) return [[name, partyOf(value)]];
    if (name === 'lines') return [[name, (value as LineModel[]).map(lineOf)]];
    return [[name, value as Plain]];
  });
  const members = Object.fromEntries(entries);
  return flatten(kind === 'INVOICE' ? { ...withoutRepeats(members), has: invoiceHas(members) } : members);
}

function partyOf({ entity, name }: PartyModel): Plain {
  return { id: entity?.id, scheme: entity?.scheme || undefined, name };
}

function lineOf(line: LineModel & { readonly substitute?: LineModel }): Plain {
  const { id, substitute, ...members } = membersOf(line);
  return {
    id,
    has: lineHas(members),
    ...members,
    ...(substitute !== undefined && { substitute: membersOf(line.substitute!) }),
  };
}

/** `item` is the first present of the seller's, the buyer's and the standard number. */
function membersOf({ item, ...rest }: LineModel): Record<string, Plain> {
  return { ...itemOf(item), ...(rest as Record<string, Plain>) };
}

function itemOf({ seller, buyer, standard, name }: ItemModel): Record<string, Plain> {
  return { item: seller ?? buyer ?? standard, buyerItem: buyer, standardItem: standard, name };
}

/** One instalment is the amount and due date themselves. */
function withoutRepeats({ instalments, dueDateStated, ...members }: Record<string, Plain>): Record<string, Plain> {
  return { ...members, ...((instalments as Plain[]).length > 1 && { instalments }), dueDateStated };
}

function isParty(value: unknown): value is PartyModel {
  return typeof value === 'object' && value !== null && 'entities' in value;
}
