/** Where a customer opens the page below; null when the node does not know where it is reached. */
export const trackingUrl = (publicUrl: string | undefined, token: string): string | null =>
  publicUrl === undefined ? null : `${publicUrl}/v1/tracking/page#${token}`;

/** The page behind a tracking link. The token is in its fragment, which no browser sends to any server. */
export const TRACKING_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>Where your order is</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}li{margin:.5rem 0}code{word-break:break-all}</style>
<h1>Where your order is</h1>
<p id="state" role="status">Loading ...</p>
<ol id="milestones"></ol>
<p><small>Checkable against the chain: order <code id="order"></code>, log head <code id="head"></code>.</small></p>
<noscript><p>This page needs JavaScript, which is off.</p></noscript>
<script src="page.js"></script>
</html>
`;

export const TRACKING_SCRIPT = `'use strict';
// A second link opened in the same tab differs in its fragment alone, for which a browser loads nothing.
addEventListener('hashchange', () => location.reload());
const show = (id, text) => { document.getElementById(id).textContent = text; };
const when = (time) => new Date(time).toLocaleString(undefined, {
  year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short',
});
(async () => {
  const token = location.hash.slice(1);
  const answer = await fetch('../tracking', {
    headers: { authorization: 'Tracking ' + token }, cache: 'no-store', signal: AbortSignal.timeout(30000),
  });
  const body = await answer.json();
  if (!answer.ok) return show('state', body.title || 'The link does not work.');
  const items = body.milestones.filter((milestone) => milestone.counts).map(({ kind, at }) => {
    const item = document.createElement('li');
    item.textContent = kind.toLowerCase().replaceAll('_', ' ') + ', recorded ' + when(at);
    return item;
  });
  const asOf = when(body.asOfBlock.time);
  show('state', items.length ? 'As of ' + asOf : 'No milestone has been recorded as of ' + asOf);
  show('order', body.order);
  show('head', body.head);
  document.getElementById('milestones').append(...items);
})().catch(() => show('state', 'No answer came that can be shown. Check your connection, and load this page again.'));
`;
