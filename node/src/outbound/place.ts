import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressRules } from './address-rules.js';

/** A place that this node does not send to; the message says why. */
export class PlaceRefused extends Error {}

/**
 * The URL that `text` is, when this node may send there: http(s), no credentials, no fragment, no address that the rules
 * refuse. Throws PlaceRefused. Names are judged when they are resolved, by {@link guardedLookup}, so that no name can change
 * its address in between.
 */
export function readPlace(text: string, rules: AddressRules): URL {
  if (!URL.canParse(text)) throw new PlaceRefused('it is no URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new PlaceRefused('it is neither https nor http');
  if (url.username || url.password || url.hash) throw new PlaceRefused('it is more than a place');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) requireAllowed(host, url.protocol, rules);
  return url;
}

/** Resolves names for node:http(s), and refuses addresses that the rules do not allow. */
export function guardedLookup(protocol: string, rules: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      try {
        for (const { address } of addresses) requireAllowed(address, protocol, rules);
      } catch (refused) {
        return callback(refused as Error, '');
      }
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

function requireAllowed(address: string, protocol: string, rules: AddressRules): void {
  if (!rules.allows(address)) throw new PlaceRefused(`${address} is not a public address`);
  if (protocol === 'http:' && !rules.isOwn(address)) throw new PlaceRefused('plain http to a public address');
}
