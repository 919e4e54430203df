import type { Browser, Page, Route } from 'playwright-core';
import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { BROWSER_PATIENCE_MS, inBrowser, startBrowser } from '../../../test/support/chromium.js';
import { eventually } from '../../../test/support/eventually.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { arrives, made, Story } from '../financing/testing/story.js';
import { UnitOfWork } from '../database/index.js';
import type { Hex } from '../kernel/hex.js';
import { MOST_LINKS } from './commands/tracking-desk.js';
import { isCompleteLog } from './domain/fulfilment-log.js';
import { kindNumber, type MilestoneKind } from './domain/milestone-kinds.js';
import { Milestones } from './storage/milestones.js';

let nodes: TestNodes;
let story: Story;
let supplier: MemberClient;
let order: string;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1']);
  story = new Story(nodes);
  supplier = story.supplier;
  order = await story.acceptedOrder('PO-TRACK');
  await story.receive(order, 60);
});

afterAll(() => nodes?.stop());

/** An entry as whoever has a tracking link sees it: all that its hash is over, and nothing of its document. */
interface TrackedMilestone {
  readonly index: number;
  readonly kind: MilestoneKind;
  readonly author: number;
  readonly recordedAt: number;
  readonly commitment: Hex;
  readonly supersedes: Hex;
}

/** Whether these are the whole fulfilment log of the order whose head the chain keeps. */
const areWhole = (milestones: readonly TrackedMilestone[], head: unknown): boolean => {
  const entries = milestones.map(({ kind, ...entry }) => ({ ...entry, order: order as Hex, kind: kindNumber(kind) }));
  return isCompleteLog(order as Hex, entries, head as Hex);
};

const linkUntil = async (seconds: number): Promise<Json> => {
  const until = new Date(((await story.now()) + seconds) * 1000).toISOString();
  return made(await story.core.post(`/v1/orders/${order}/tracking-links`, { until }));
};

const follow = async (token: unknown, scheme = 'Tracking'): Promise<Answer & { text: string }> => {
  const response = await fetch(`${story.core.member.url}/v1/tracking`, {
    headers: { authorization: `${scheme} ${String(token)}` },
  });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text) as Json, block: -1, text };
};

it('shows milestones and no more, and they hash to the head on chain', async () => {
  const { token, url } = await linkUntil(3600);
  expect(url).toBe(`${story.core.member.url}/v1/tracking/page#${String(token)}`);
  const { status, body, text } = await follow(token);
  expect([status, body['order']]).toEqual([200, order]);
  expect(text).not.toMatch(/PO-TRACK|Kestrel|Halden|RING|107\.50/);
  const shown = (body['milestones'] as (TrackedMilestone & Json)[]).map(
    ({ index, kind, author, recordedAt, commitment, supersedes }) => ({
      ...{ index, kind, author, recordedAt, commitment, supersedes },
    }),
  );
  expect(shown).toHaveLength(1);
  const { head } = await arrives(
    () => supplier.get(`/v1/orders/${order}`),
    ({ milestones }) => milestones === 1,
  );
  expect(areWhole(shown, head)).toBe(true);
  expect(areWhole([{ ...shown[0]!, recordedAt: shown[0]!.recordedAt + 1 }], head)).toBe(false);
  expect(areWhole([], head)).toBe(false);
  expect((await follow(token, 'Bearer')).status).toBe(200);
  const milestones = nodes.of('core').app.get(Milestones, { strict: false });
  const lengths = [0, 1, 2].map(async (entries) => (await milestones.asOf({ id: order as Hex, entries })).length);
  expect(await Promise.all(lengths)).toEqual([0, 1, 1]);
});

it('ends when it is revoked, and by block time', async () => {
  const { token, id } = await linkUntil(3600);
  expect(refusalOf(await supplier.call('DELETE', `/v1/orders/${order}/tracking-links/${String(id)}`))[0]).toBe(404);
  const ended = await story.core.call('DELETE', `/v1/orders/${order}/tracking-links/${String(id)}`);
  expect(ended.body).toMatchObject({ id, status: 'REVOKED' });
  expect(await follow(token)).toMatchObject({ status: 401, body: { code: 'TRACKING_REFUSED' } });
  const short = await linkUntil(3600);
  await nodes.passTime(3601);
  const over = await eventually(
    () => follow(short['token']),
    ({ status }) => status !== 200,
  );
  expect(over).toMatchObject({ status: 401, body: { code: 'TRACKING_REFUSED' } });
  const { body } = await story.core.get(`/v1/orders/${order}/tracking-links`);
  expect(JSON.stringify(body)).not.toContain('tt_');
});

it('is made for so many at a time, and listed page by page', async () => {
  const path = `/v1/orders/${await story.acceptedOrder('PO-TRACK-MANY')}/tracking-links`;
  const until = new Date(((await story.now()) + 3600) * 1000).toISOString();
  const oldest: unknown[] = [];
  for (let i = 0; i < 3; i++) oldest.push(made(await story.core.post(path, { until }))['id']);
  await nodes
    .of('core')
    .app.get(UnitOfWork)
    .manager.query(
      `INSERT INTO tracking_links (id, order_id, secret_hash, until_at, made_by)
       SELECT to_char(n, 'FM0000000000000000'), order_id, secret_hash, until_at, made_by
       FROM tracking_links, generate_series(1, $2) n WHERE id = $1`,
      [oldest[0], MOST_LINKS - 4],
    );
  const last = await Promise.all([1, 2].map(() => story.core.post(path, { until })));
  expect(last.map(refusalOf).sort()).toEqual([
    [201, undefined],
    [409, 'TRACKING_LINK_LIMIT_REACHED'],
  ]);
  await story.core.call('DELETE', `${path}/${String(oldest[1])}`);
  made(await story.core.post(path, { until }));

  const seen: unknown[] = [];
  let cursor: unknown = '';
  do {
    const { body } = await story.core.get(`${path}?limit=80${cursor === '' ? '' : `&cursor=${String(cursor)}`}`);
    seen.push(...(body['items'] as Json[]).map(({ id }) => id));
    cursor = body['nextCursor'];
  } while (cursor !== null);
  expect([seen.slice(0, 3), seen.length, new Set(seen).size]).toEqual([oldest, MOST_LINKS + 1, MOST_LINKS + 1]);
  expect(refusalOf(await story.core.get(`${path}?cursor=abc`))).toEqual([400, 'CURSOR_INVALID']);
});

it('is refused to strangers, with made-up tokens and without sense', async () => {
  const { token } = await linkUntil(3600);
  const wrong = `${String(token).slice(0, -1)}${String(token).endsWith('A') ? 'B' : 'A'}`;
  for (const each of [wrong, 'tt_0', '', '../x']) expect((await follow(each)).status).toBe(401);
  expect((await fetch(`${story.core.member.url}/v1/tracking?token=${String(token)}`)).status).toBe(401);
  const past = await story.core.post(`/v1/orders/${order}/tracking-links`, { until: '2020-01-01T00:00:00Z' });
  expect(refusalOf(past)).toEqual([422, 'TRACKING_PERIOD_INVALID']);
  const page = await fetch(`${story.core.member.url}/v1/tracking/page`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('page.js')]);
});

inBrowser('the page behind a link', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await startBrowser();
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Tokyo' });
    page = await context.newPage();
    page.setDefaultTimeout(BROWSER_PATIENCE_MS);
  });
  afterAll(() => browser?.close());

  /** What the page says once it has loaded. */
  const state = async (): Promise<string> => {
    await page.waitForFunction(() => document.querySelector('#state')?.textContent !== 'Loading ...');
    return (await page.textContent('#state')) ?? '';
  };

  it('shows when milestones were recorded, all times in the zone that it names', async () => {
    await page.goto(String((await linkUntil(3600))['url']));
    expect(await state()).toMatch(/^As of \d{1,2} \w+ \d{4}, \d\d:\d\d GMT\+9$/);
    expect(await page.locator('li').allTextContents()).toEqual([
      expect.stringMatching(/^received, recorded \d{1,2} \w+ \d{4}, \d\d:\d\d GMT\+9$/),
    ]);
    expect(await page.textContent('#order')).toBe(order);
  });

  it('shows the order of the link that is opened next in the same tab, of which nothing may be recorded', async () => {
    const other = await story.acceptedOrder('PO-TRACK-NEXT');
    const until = new Date(((await story.now()) + 3600) * 1000).toISOString();
    const { url } = made(await story.core.post(`/v1/orders/${other}/tracking-links`, { until }));
    await page.goto(String(url));
    await page.waitForSelector(`#order:has-text("${other}")`);
    expect(await state()).toMatch(/^No milestone has been recorded as of .* GMT\+9$/);
    expect(await page.locator('li').count()).toBe(0);
  });

  it('says when the link is refused, and when no answer comes or one of something else', async () => {
    // Not from a link of the same page, which says what it said until it is loaded anew.
    await page.goto('about:blank');
    await page.goto(`${story.core.member.url}/v1/tracking/page#tt_0`);
    expect(await state()).toMatch(/^The tracking token is unknown/);
    const { url } = await linkUntil(3600);
    for (const instead of [
      (route: Route) => route.abort(),
      (route: Route) => route.fulfill({ contentType: 'text/html', body: '<h1>Sign in to this network</h1>' }),
    ]) {
      await page.route('**/v1/tracking', instead);
      await page.goto('about:blank');
      await page.goto(String(url));
      expect(await state()).toMatch(/^No answer came/);
      await page.unroute('**/v1/tracking');
    }
  });
});
