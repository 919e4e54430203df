import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Rewinds } from '../../events/index.js';
import { IndexHead } from '../../indexer/index.js';
import { Problem } from '../../kernel/problem.js';
import { Members } from '../../members/index.js';
import type { Envelope } from '../domain/envelope.js';
import { LONGEST_QUOTA_PAUSE_MS, pauseAfter } from '../domain/limits.js';
import { DAY_QUOTA } from '../domain/problems.js';
import { readReceipt, type Receipt, receiptSigner } from '../domain/receipt.js';
import { seal } from '../domain/seal.js';
import { ExchangeKeys } from '../keys.js';
import { EnvelopeHandlers } from '../receiving/handlers.js';
import { type Claimed, type Delivered, Outbox } from '../storage/outbox.js';
import type { Answer } from '../../outbound/index.js';
import { Conditions } from './conditions.js';
import { EnvelopePost } from './post-envelope.js';
import { Receipts } from './receipts.js';
import { WriteLetter } from './write-letter.js';

/**
 * `UNREACHABLE` says that trying the counterparty with other envelopes is no use now; so does `pauseMs`, for as long: it takes no more of
 * this member today.
 */
export type Attempt = 'DELIVERED' | 'POSTPONED' | 'UNREACHABLE' | { readonly pauseMs: number };

/** Answers of an edge or a proxy whose node is down; no node gives them. */
const NODE_IS_DOWN: readonly number[] = [502, 504];

/** After so many attempts, an hour of them and more, a counterparty is away: not this node for a week, nor it for a moment. */
const LONG_TRIED = 60;

/** One attempt to deliver one envelope. Only a receipt that the recipient signed ends it: any other answer may be anyone's. */
@Injectable()
export class Delivery {
  private readonly logger = new Logger(Delivery.name);

  constructor(
    private readonly members: Members,
    private readonly keys: ExchangeKeys,
    private readonly domains: RegistryDomains,
    private readonly head: IndexHead,
    private readonly handlers: EnvelopeHandlers,
    private readonly outbox: Outbox,
    private readonly conditions: Conditions,
    private readonly post: EnvelopePost,
    private readonly receipts: Receipts,
    private readonly letters: WriteLetter,
    private readonly unitOfWork: UnitOfWork,
    private readonly rewinds: Rewinds,
  ) {}

  /** Rejects only when the database does. */
  async attempt(claimed: Claimed): Promise<Attempt> {
    const { seq, to, type, object, attempts } = claimed;
    if (await this.forbidden(claimed)) {
      // Amid a rebuild, or until a moment ago, that was said of long ago: nothing is set aside for it.
      if ((await this.rewinds.rebuilding()) || !(await this.forbidden(claimed)))
        return this.postpone(seq, 'MEMBER_SUSPENDED', attempts);
      await this.outbox.setAside(seq, 'MEMBER_SUSPENDED');
      return 'POSTPONED';
    }
    let sealed: string;
    let endpoint: string | null;
    try {
      if (!(await this.conditions.met(type, object))) {
        await this.outbox.drop(seq);
        return 'POSTPONED';
      }
      endpoint = await this.members.endpointOf(to);
      sealed = await this.seal(claimed);
    } catch (error) {
      this.logger.warn({ err: error, envelope: claimed.id }, 'an envelope cannot leave');
      return this.postpone(seq, error instanceof Problem ? error.code : 'SEALING_FAILED', attempts);
    }
    if (endpoint === null) return this.postpone(seq, 'NO_ENDPOINT', attempts);
    let answer: Answer;
    try {
      answer = await this.post.deliver(endpoint, sealed);
    } catch (error) {
      return this.unreachable(claimed, reasonOf(error));
    }
    const receipt = answer.status === 200 ? await this.receiptFor(claimed, answer.body) : undefined;
    if (!receipt) return this.refused(claimed, answer);
    const delivered = { seq, receipt: answer.body, outcome: receipt.outcome };
    if (receipt.outcome === 'IN_PARTS') return this.inParts(claimed, delivered);
    await this.receipts.add(delivered);
    return 'DELIVERED';
  }

  /** Puts the parts of a letter in its place: with its end or not at all, whoever else was told the same meanwhile. */
  private async inParts(claimed: Claimed, delivered: Delivered): Promise<Attempt> {
    const { to, type, attempts } = claimed;
    const parts = this.handlers.of(type)?.processor.parts?.(JSON.parse(this.outbox.read(claimed))) ?? [];
    // Nobody is asked for that who sent a single one, and would be asked for ever.
    if (parts.length < 2) return this.postpone(claimed.seq, 'RECEIPT_INVALID', attempts);
    await this.unitOfWork.run(async () => {
      if ((await this.outbox.delivered([delivered])) === 0) return;
      for (const [nth, part] of parts.entries())
        await this.letters.write({ to, type, ...part }, partId(claimed.id, nth));
    });
    return 'DELIVERED';
  }

  /** Between a suspended member and others goes what finishes a duty, and nothing new (rule 10). */
  private async forbidden({ to, type }: Claimed): Promise<boolean> {
    if (this.handlers.of(type)?.fromSuspended) return false;
    const [self, recipient] = await Promise.all([this.members.self(), this.members.byId(to)]);
    return !self.active || !recipient.active;
  }

  private async seal(claimed: Claimed): Promise<string> {
    const { id, to, type, object } = claimed;
    const body = this.outbox.read(claimed);
    const [{ id: from }, signing, encryption] = await Promise.all([
      this.members.self(),
      this.keys.signing(),
      this.keys.encryptionOf(to),
    ]);
    const moment = { block: this.head.current().number, sealedAt: new Date().toISOString() };
    const domain = this.domains.of('MemberRegistry');
    const envelope: Envelope = { v: 1, id, domain, from, to, type, object, body, ...moment };
    return seal(envelope, signing, encryption);
  }

  private async receiptFor({ id, to, hash }: Claimed, signed: string): Promise<Receipt | undefined> {
    const keyId = receiptSigner(signed);
    const signer = keyId && (await this.keys.signer(keyId).catch(() => undefined));
    const receipt = signer && signer.member === to ? await readReceipt(signed, signer) : undefined;
    if (!receipt) return undefined;
    const { id: from } = await this.members.self();
    const right = { envelope: id, hash, from, to, domain: this.domains.of('MemberRegistry') };
    const names = Object.keys(right) as (keyof typeof right)[];
    return names.every((name) => receipt[name] === right[name]) ? receipt : undefined;
  }

  /** Its answer is not signed, and may be anyone's: a pause that it asks for is bounded. */
  private async refused(claimed: Claimed, answer: Answer): Promise<Attempt> {
    const { seq, attempts } = claimed;
    const { code, retryAfterMs } = problemIn(answer);
    if (NODE_IS_DOWN.includes(answer.status)) return this.unreachable(claimed, code);
    if (code !== DAY_QUOTA) return this.postpone(seq, code, attempts);
    const pauseMs = Math.min(Math.max(retryAfterMs, pauseAfter(attempts)), LONGEST_QUOTA_PAUSE_MS);
    await this.outbox.postpone(seq, code, pauseMs);
    return { pauseMs };
  }

  /** Beside the counterparty's pause one of its own: it may be this envelope that does not go through, and others would. */
  private async unreachable({ seq, to, attempts }: Claimed, code: string): Promise<'UNREACHABLE'> {
    await this.outbox.postpone(seq, code, pauseAfter(attempts));
    // The same would have come of any other envelope to it: those whose time is over are set aside too.
    if (attempts >= LONG_TRIED) await this.outbox.setAsideOverdue(to, code);
    return 'UNREACHABLE';
  }

  private async postpone(seq: number, code: string, attempts: number): Promise<'POSTPONED'> {
    await this.outbox.postpone(seq, code, pauseAfter(attempts));
    return 'POSTPONED';
  }
}

/** The same each time: a node whose database went back splits a letter again, and its parts are known at their recipient. */
function partId(whole: string, nth: number): string {
  const hash = createHash('sha256').update(`${whole} ${nth}`).digest('hex');
  // RFC 9562, version 8: of one's own making.
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

/** The code of a problem that the counterparty answered with, which is shown to the operator, and when it wants to be asked again. */
function problemIn({ status, body }: Answer): { readonly code: string; readonly retryAfterMs: number } {
  if (status === 200) return { code: 'RECEIPT_INVALID', retryAfterMs: 0 };
  try {
    const { code, facts } = JSON.parse(body) as { code?: unknown; facts?: { retryAfterSeconds?: unknown } };
    const seconds = Number(facts?.retryAfterSeconds ?? 0);
    if (typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code))
      return { code, retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : 0 };
  } catch {
    // Not a problem document: a proxy's page, say.
  }
  return { code: `HTTP_${status}`, retryAfterMs: 0 };
}
