import type { MemberClient } from '../../../../scripts/demo/client.js';
import type { RawRequest } from '../raw-request.js';

/** Who and what is there when the bad input comes. */
export interface World {
  readonly core: MemberClient;
  readonly supplier: MemberClient;
  /** Party to none of the orders. */
  readonly stranger: MemberClient;
  readonly bank: MemberClient;
  readonly carrier: MemberClient;
  /** The buyer's own key that may read and nothing more. */
  readonly reader: MemberClient;
  /** A key of the buyer that was revoked. */
  readonly revoked: MemberClient;
  /** From `core` to `supplier`, not yet answered. */
  readonly posted: string;
  /** From `core` to `supplier`, accepted. */
  readonly accepted: string;
}

/** One bad request and how it must be refused. */
export interface Case {
  readonly title: string;
  readonly as: Exclude<keyof World, 'posted' | 'accepted'>;
  readonly request: (world: World) => RawRequest;
  readonly refusal: readonly [status: number, code: string];
}

export const NOBODY = `0x${'0f'.repeat(32)}`;

export const XML = { 'content-type': 'application/xml' };
export const JSON_BODY = { 'content-type': 'application/json' };

/** A POST of an XML document. */
export const xml = (path: string, body: string | Buffer) => ({ method: 'POST', path, headers: XML, body });

/** A POST of a JSON text. */
export const json = (path: string, body: string) => ({ method: 'POST', path, headers: JSON_BODY, body });
