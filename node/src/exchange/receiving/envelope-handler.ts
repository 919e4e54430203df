import { applyDecorators, Injectable, SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { Hex } from '../../kernel/hex.js';
import type { Member } from '../../members/domain/member.js';
import { letterReceived } from '../domain/letter-news.js';

/** An envelope as its handler sees it: decrypted, its sender proven. */
export interface ReceivedEnvelope<Body = unknown> {
  readonly id: string;
  readonly from: Member;
  readonly type: string;
  readonly object: Hex;
  readonly body: Body;
  /** what the receipt names */
  readonly hash: Hex;
}

/** What could be a letter by itself, of the same type and to the same member. */
export interface LetterPart<Body = unknown> {
  readonly object: Hex;
  readonly body: Body;
}

/**
 * Takes in one type of envelope, within a unit of work together with the note that it was received: its effect comes
 * exactly once. A Problem below 500 (429 aside) is final: the envelope is set aside with that reason. Anything else, a
 * Problem of 503 say, undoes the unit, and the sender tries again. No network calls.
 */
export interface EnvelopeProcessor<Body = unknown> {
  handle(envelope: ReceivedEnvelope<Body>): Promise<void>;
  /**
   * What a body consists of: each in a letter of its own is the whole. To `handle` that rejects with ENVELOPE_IN_PARTS its sender sends these in
   * its place, which makes sense only where there are two or more. Their objects are others than the whole's, so that later wholes wait for no
   * part. Not for what carries what can be erased, nor for what its sender asks about with `Exchange.untaken`: a whole that was split counts as taken.
   */
  parts?(body: Body): readonly LetterPart[];
  /** As `carries` of the options, where what is named follows from more than the body, which need not be a proper one. */
  carried?(object: Hex, body: unknown): readonly Hex[];
}

export interface EnvelopeHandlerOptions {
  /** What the body must be; otherwise the envelope is set aside as ENVELOPE_MALFORMED. */
  readonly body?: z.ZodType;
  /**
   * Which further objects, or roots of documents, the body names beside the envelope's object: by these too the envelope is found
   * when they are erased. Reads what is no proper body as well.
   */
  readonly carries?: z.ZodType<Hex[]>;
  /** Whether a suspended member may send it still, and is sent it: what finishes a duty (rule 10). By default not. */
  readonly fromSuspended?: boolean;
}

export interface EnvelopeHandlerMetadata extends EnvelopeHandlerOptions {
  readonly type: string;
}

export const ENVELOPE_HANDLER = Symbol('ENVELOPE_HANDLER');

/** Marks the provider, an {@link EnvelopeProcessor}, that takes in envelopes of `type`. Boot refuses two for one type. */
export function EnvelopeHandler(type: string, options: EnvelopeHandlerOptions = {}) {
  // Desks may ask for it by name before the first one comes.
  letterReceived(type);
  return applyDecorators(
    SetMetadata(ENVELOPE_HANDLER, { type, ...options } satisfies EnvelopeHandlerMetadata),
    Injectable(),
  ) as <C extends new (...args: never[]) => EnvelopeProcessor<never>>(target: C) => void;
}
