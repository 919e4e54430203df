import { AddressRules } from '../../outbound/index.js';
import { envelopesUrl } from './endpoint.js';

const rules = new AddressRules({ networks: [], embedded: false });

it.each([
  ['https://node.example', 'https://node.example/exchange/v1/envelopes'],
  ['https://node.example:8443/tradeproof/', 'https://node.example:8443/tradeproof/exchange/v1/envelopes'],
  ['https://93.184.216.34', 'https://93.184.216.34/exchange/v1/envelopes'],
])('delivers to %s at %s', (endpoint, url) => {
  expect(envelopesUrl(endpoint, rules).href).toBe(url);
});

it.each(['https://node.example/?to=elsewhere', 'https://10.0.0.1', 'not a url'])('refuses %s', (endpoint) => {
  expect(() => envelopesUrl(endpoint, rules)).toThrow();
});
