import { type AddressRules, PlaceRefused, readPlace } from '../../outbound/index.js';

export const ENVELOPES_PATH = 'exchange/v1/envelopes';

/** Where a member's node takes envelopes, from the endpoint that the registry lists. Throws PlaceRefused. */
export function envelopesUrl(endpoint: string, rules: AddressRules): URL {
  const base = readPlace(endpoint, rules);
  if (base.search) throw new PlaceRefused('it is more than a place');
  return new URL(`${base.pathname.replace(/\/*$/, '/')}${ENVELOPES_PATH}`, base);
}
