import { type PrefixedSecret, PrefixedSecrets } from '../kernel/prefixed-secret.js';

/** An API key in the clear: `tp_<id>_<secret>`. */
export type ApiKey = PrefixedSecret;

const keys = new PrefixedSecrets('tp');

export const generateApiKey = (): ApiKey => keys.generate();
export const parseApiKey = (text: string): ApiKey | undefined => keys.parse(text);
