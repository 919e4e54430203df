import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { importDocument, type ModelOf, type TradeDocument } from '../../documents/index.js';
import { requestInvalid } from '../../errors/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { IndexHead } from '../../indexer/index.js';
import { type Hex, parseHex } from '../../kernel/hex.js';
import { incomingDocument, jsonBody } from '../../documents/http/index.js';
import type { NewMilestone } from '../commands/record-milestone.js';
import {
  eventFor,
  MILESTONE_DOCUMENTS,
  type MilestoneDocumentKind,
  milestoneOf,
} from '../domain/milestone-documents.js';
import { MILESTONE_KINDS, type MilestoneKind } from '../domain/milestone-kinds.js';

const body = z.strictObject({
  kind: z.enum(MILESTONE_KINDS).optional(),
  supersedes: z.string().optional(),
  document: z.unknown().optional(),
});

interface Query {
  readonly kind?: MilestoneKind;
  readonly supersedes?: string;
}

/** Reads what a request asks to record: body and query say together of which kind it is and what it corrects. */
@Injectable()
export class IncomingMilestone {
  constructor(private readonly head: IndexHead) {}

  /** Throws REQUEST_INVALID when no kind is given and the document tells of none, and what importing throws. */
  read(request: Pick<FastifyRequest, 'body' | 'headers' | 'rawBody'>, query: Query): NewMilestone {
    const given = jsonBody(request, body);
    const named = query.kind ?? given.kind;
    const supersedes = query.supersedes ?? given.supersedes;
    const document = incomingDocument(request, ...(named ? MILESTONE_DOCUMENTS[named] : ANY));
    const kind = named ?? (document && milestoneOf(document.model));
    if (!kind) throw requestInvalid('say which kind of milestone it is', { kinds: MILESTONE_KINDS });
    return {
      kind,
      document: document ?? this.event(kind),
      supersedes: supersedes === undefined ? undefined : parseHex(supersedes, 32),
    };
  }

  /**
   * The same of one of many, as JSON {order, kind?, document?, supersedes?}. Throws REQUEST_INVALID without an order.
   */
  readItem(text: string): { order: Hex; milestone: NewMilestone } {
    const { order, ...rest } = orderOf(text);
    const request = { body: rest, headers: { 'content-type': 'application/json' }, rawBody: Buffer.from(text) };
    return { order, milestone: this.read(request, {}) };
  }

  private event(kind: MilestoneKind): TradeDocument<ModelOf<MilestoneDocumentKind>> {
    const time = timeOf(this.head.current().timestamp);
    return importDocument(eventFor(kind, time), 'application/ld+json', { kind: 'EVENT' }) as TradeDocument<
      ModelOf<'EVENT'>
    >;
  }
}

const ANY: readonly [MilestoneDocumentKind, ...MilestoneDocumentKind[]] = ['EVENT', 'DESPATCH', 'RECEIPT'];

const named = z.looseObject({ order: hex32 });

function orderOf(text: string): z.output<typeof named> {
  try {
    return named.parse(JSON.parse(text));
  } catch {
    throw requestInvalid('needs the id of an order, and a kind or a document that tells of one');
  }
}
