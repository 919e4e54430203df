import type { MemberClient } from '../../../../scripts/demo/client.js';
import type { RawRequest } from '../raw-request.js';

/** Who and what is there when the bad input comes. */
export interface World {
  readonly core: MemberClient;
  readonly supplier: MemberClient;
  /** Party to none of the orders. */
  readonly stranger: MemberClient;
  readonly bank: MemberClient;
  /** Asked for nothing. */
  readonly otherBank: MemberClient;
  readonly carrier: MemberClient;
  /** The buyer's own key that may read and nothing more. */
  readonly reader: MemberClient;
  /** A key of the buyer that was revoked. */
  readonly revoked: MemberClient;
  /** From `core` to `supplier`, not yet answered. */
  readonly posted: string;
  /** From `core` to `supplier`, accepted. */
  readonly accepted: string;
  /** A receivable from `supplier` on `core`, not confirmed. */
  readonly issued: string;
  /** One that is confirmed, 96.75 GBP of it covered; `bank` was asked to finance it. */
  readonly confirmed: string;
  /** What `bank` was asked and has not answered. */
  readonly requested: string;
}

type Thing = 'posted' | 'accepted' | 'issued' | 'confirmed' | 'requested';

/** One bad request and how it must be refused. */
export interface Case {
  readonly title: string;
  readonly as: Exclude<keyof World, Thing>;
  readonly request: (world: World) => RawRequest;
  readonly refusal: readonly [status: number, code: string];
}

export const NOBODY = `0x${'0f'.repeat(32)}`;

export const XML = { 'content-type': 'application/xml' };
export const JSON_BODY = { 'content-type': 'application/json' };

/** A POST of an XML document. */
export const xml = (path: string, body: string | Buffer) => ({ method: 'POST', path, headers: XML, body });

/** A GET, or a POST when there is a body, of a path that may depend on what is there. */
export const to = (
  title: string,
  as: Case['as'],
  path: string | ((world: World) => string),
  body: string | undefined,
  ...refusal: [number, string]
): Case => ({
  title,
  as,
  request: (world) => {
    const where = typeof path === 'string' ? path : path(world);
    return body === undefined ? { path: where } : json(where, body);
  },
  refusal,
});

/** A POST of a JSON text. */
export const json = (path: string, body: string) => ({ method: 'POST', path, headers: JSON_BODY, body });
