import { Injectable } from '@nestjs/common';
import {
  commit,
  type DocumentPlace,
  DocumentVault,
  Excerpts,
  type Field,
  narrow,
  PROFILES,
  type Profile,
  type StoredDocument,
} from '../../documents/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import type { Hex } from '../../kernel/hex.js';
import { COLLECTIVE, hingesOnItems, ITEMS, PART, SCOPE } from '../../receivables/domain/documents/deciding-fields.js';
import { OthersRegistrations } from '../../receivables/index.js';
import { fieldsUnknown, redisclosureWhole } from './problems.js';
import { ShownDocuments } from './shown-documents.js';

const TELLS_ORDERS_APART = /^\/orders\/|^\/lines\/\d+\/orderNumber$/;

/** Orders that each receivable was born from. */
type Born = ReadonlyMap<Hex, readonly Hex[]>;

/** What of the documents behind commitments goes into a file: what this member may show, and no more than was asked for. */
@Injectable()
export class BundleDocuments {
  constructor(
    private readonly vault: DocumentVault,
    private readonly excerpts: Excerpts,
    private readonly shown: ShownDocuments,
    private readonly registrations: OthersRegistrations,
  ) {}

  /**
   * By commitment. Of documents that this member has in full: the fields at `pointers` with those that name the document, or
   * without pointers what a credit decision needs. Of those of which it has an excerpt: that, or of that the fields at `pointers`. Of
   * documents that it was shown under grants: what it was shown as a whole. Of registrations that others made nothing. Throws
   * PROOF_FIELDS_UNKNOWN when no document has a field at one of the pointers, REDISCLOSURE_WHOLE when pointers would divide
   * what it was shown under a grant.
   */
  async of(
    all: readonly DocumentPlace[],
    born: Born,
    pointers?: readonly string[],
  ): Promise<ReadonlyMap<Hex, Disclosure>> {
    const stored = await this.vault.atAll(all);
    const inPart = all.filter(({ root }) => !stored.has(root));
    // An excerpt is this member's own to divide. Whole, it goes out together with what grants show of the same document.
    const divided = new Map((pointers ? await this.excerpts.at(inPart) : []).map((each) => [each.root, each]));
    const shown = await this.shown.of(inPart.filter(({ root }) => !divided.has(root)));
    const kinds = [
      ...shown,
      ...divided.values(),
      ...[...stored.values()].map(({ root, document: { kind } }) => ({ root, kind })),
    ];
    const objects = all.map(({ object }) => object);
    const hidden = await this.registrations.among(kinds, objects);
    const isMine = ({ root }: { readonly root: Hex }) => !hidden.has(root);
    const [own, others] = [[...stored.values()].filter(isMine), shown.filter(isMine)];
    const excerpts = [...divided.values()].filter(isMine);
    if (pointers && others.length > 0)
      throw redisclosureWhole('what was shown to this member can be handed on as it was shown: leave out `fields`', {
        commitments: others.map(({ root }) => root),
      });
    const profile = pointers ? { ...PROFILES.CREDIT_DECISION, patterns: pointers } : profileFor(own, born);
    if (pointers) requireFields([...own, ...excerpts.map(({ disclosure }) => disclosure)], pointers);
    return new Map([
      ...others.map(({ root, disclosure }) => [root, disclosure] as const),
      ...excerpts.map(({ root, disclosure }) => [root, narrow(disclosure, profile)] as const),
      ...own.map(({ root, fields, seed, document }) => {
        // A registration is public elsewhere, and says nothing but where.
        const whole = !pointers && document.kind === 'REGISTRATION';
        return [root, commit(fields, seed).disclose(whole ? [''] : profile)] as const;
      }),
    ]);
  }
}

function requireFields(documents: readonly { readonly fields: readonly Field[] }[], pointers: readonly string[]): void {
  const paths = documents.flatMap(({ fields }) => fields.map(({ path }) => path));
  const unknown = pointers.filter(
    (pointer) => !paths.some((path) => path === pointer || path.startsWith(`${pointer}/`)),
  );
  if (unknown.length > 0)
    throw fieldsUnknown(`no document here has a field at ${unknown.join(', ')}`, { fields: unknown });
}

function profileFor(documents: readonly StoredDocument[], born: Born): Profile {
  const { patterns, ...profile } = PROFILES.CREDIT_DECISION;
  const collective = documents.some(({ fields }) => fields.some(({ path }) => TELLS_ORDERS_APART.test(path)));
  const placed = documents.map(({ document: { kind }, fields, object }) => {
    return { kind, fields, orders: born.get(object) ?? [object] };
  });
  const items = hingesOnItems(placed) ? ITEMS : [];
  return {
    ...profile,
    patterns: [...patterns, ...SCOPE, ...PART, ...COLLECTIVE, ...(collective ? ['/number'] : []), ...items],
  };
}
