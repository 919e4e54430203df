import { type PrefixedSecret, PrefixedSecrets } from '../../kernel/prefixed-secret.js';

/** A tracking link's token in the clear: `tt_<id>_<secret>`. */
export type TrackingToken = PrefixedSecret;

const tokens = new PrefixedSecrets('tt');

export const newTrackingToken = (): TrackingToken => tokens.generate();
export const parseTrackingToken = (text: string): TrackingToken | undefined => tokens.parse(text);
