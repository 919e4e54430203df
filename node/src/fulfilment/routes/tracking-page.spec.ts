import { trackingUrl } from './tracking-page.js';

it('is linked where the node is reached, and nowhere when it does not know where', () => {
  expect(trackingUrl('https://example.com/core', 'tt_1')).toBe('https://example.com/core/v1/tracking/page#tt_1');
  expect(trackingUrl(undefined, 'tt_1')).toBeNull();
});
