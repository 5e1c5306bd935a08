/** 协同平台: one is added, its keys are told once, and what can't be sent or fetched is seen, and done again. */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { OrderDetail } from '@rexian/contracts';
import type { ApiClient } from '@rexian/server/testing/api-client.ts';
import { signedIn } from '@rexian/server/testing/signed-in.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { choose, dialog, drawer, field, goTo, row, told } from './antd.ts';
import { type BrowserBench, enter, startBrowserBench } from './support.ts';

const BASE = 24_420;
const PLATFORM = BASE + 19;
const NUMBER = '12345-GX-0001';
const CONTENT = '来电人提供的材料';

let bench: BrowserBench;
let platform: Server;
/** What the other platform says to messages, and whether it has the attachment. */
let refuses = true;
let hasFile = false;

beforeAll(async () => {
  platform = createServer(async (request, response) => {
    for await (const _ of request);
    if (request.method === 'GET') return void response.writeHead(hasFile ? 200 : 503).end(hasFile ? CONTENT : '');
    const isRefused = refuses && !request.url?.endsWith('/ping');
    response.writeHead(isRefused ? 422 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isRefused ? { code: '4001', message: '签收已超时' } : { receiverOrderNo: 'OUT-1' }));
  });
  await new Promise<void>((resolve) => platform.listen(PLATFORM, '127.0.0.1', resolve));
  bench = await startBrowserBench(
    'browser-partners',
    { base: BASE, rtp: 48_000 },
    { env: { PARTNER_NETWORKS: '127.0.0.0/8' }, silent: true },
  );
});
afterEach(() => bench?.closePages());
afterAll(async () => {
  await bench?.close();
  await new Promise((resolve) => platform.close(resolve));
});

/** As the other platform does, with what our page has shown. */
async function sendOrder({ key, secret }: { key: string; secret: string }): Promise<void> {
  const path = '/platform-12345/orders';
  const attachment = { attachmentId: 'FJ-1', fileName: '材料.txt', fileSize: Buffer.byteLength(CONTENT) };
  const body = JSON.stringify({
    ...{ messageId: crypto.randomUUID(), orderNo: NUMBER, callTime: new Date(), appealType: '求助' },
    ...{ appealContent: '退税进度', callerName: '韦女士', callerPhone: '13800001234' },
    attachments: [{ ...attachment, sha256: createHash('sha256').update(CONTENT).digest('hex') }],
  });
  const at = String(Math.floor(Date.now() / 1_000));
  const signed = ['POST', path, at, createHash('sha256').update(body).digest('hex')].join('\n');
  const answer = await fetch(`${bench.stack.url}/api/v1${path}`, {
    ...{ method: 'POST', body },
    headers: {
      ...{ authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-rexian-timestamp': at },
      'x-rexian-signature': createHmac('sha256', secret).update(signed).digest('hex'),
    },
  });
  expect(answer.status).toBe(200);
}

/** Somebody signs for what came from there. */
async function signFor({ api }: ApiClient): Promise<OrderDetail> {
  const { rows } = await api.orders.list({ list: 'all', sources: ['platform_12345'], limit: 1 });
  const { id, open } = await api.orders.get({ id: rows[0]?.id ?? '' });
  return (await api.orderSteps.sign({ id, taskId: open[0]?.id ?? '' })).order;
}

const shown = async (page: Page, label: string): Promise<string> =>
  (await dialog(page).locator('.credential', { hasText: label }).locator('code').textContent()) ?? '';

it('is added with keys told once; messages that were refused and attachments that were not had go again', async () => {
  const page = await bench.page({ width: 1440, height: 900 });
  await enter(bench, page, 'admin');
  await goTo(page, '协同平台');
  await page.getByRole('button', { name: '新增平台' }).click();
  await field(page, '名称').fill('自治区12345');
  await choose(page, field(page, '类型'), '12345 平台');
  await field(page, '接口地址').fill(`http://127.0.0.1:${PLATFORM}`);
  await field(page, '对方提供的接口密钥').fill('short');
  await drawer(page).getByRole('button', { name: '生成凭据' }).click();
  await drawer(page).getByText('至少 16 个字符').waitFor();
  await field(page, '对方提供的接口密钥').fill('');
  await drawer(page).getByRole('button', { name: '生成凭据' }).click();
  await dialog(page).getByText('只显示这一次').waitFor();
  const ours = { key: await shown(page, '接口密钥'), secret: await shown(page, '签名密钥') };
  expect(ours).toEqual({ key: expect.stringMatching(/^rxk_/), secret: expect.stringMatching(/^rxs_/) });
  await dialog(page).getByRole('button', { name: '已保存' }).click();

  // Nothing can be sent before the other side's keys are known.
  const mine = row(page, '自治区12345');
  await mine.getByText('待配置').waitFor();
  expect(await mine.getByRole('button', { name: '测试连接' }).isDisabled()).toBe(true);
  await mine.getByRole('button', { name: '修改' }).click();
  await field(page, '对方提供的接口密钥').fill('key-of-12345-for-us-7788');
  await field(page, '对方提供的签名密钥').fill('secret-of-12345-for-us');
  await drawer(page).getByRole('button', { name: '保存' }).click();
  await mine.getByText('正常').waitFor();
  await mine.getByRole('button', { name: '修改' }).click();
  await drawer(page).getByText('已填写，末四位 7788').waitFor();
  expect(await field(page, '对方提供的接口密钥').inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await mine.getByRole('button', { name: '测试连接' }).click();
  await told(page, '连接正常');

  await sendOrder(ours);
  const leader = await signedIn(bench.stack, '1000');
  const { number, id } = await signFor(leader);
  await page.getByRole('tab', { name: '发送记录' }).click();
  const message = row(page, number);
  await message.getByText('被拒绝').waitFor();
  await message.getByText('签收已超时').waitFor();
  refuses = false;
  await message.getByRole('button', { name: '重发' }).click();
  await message.getByText('已发送').waitFor();
  expect(await message.getByRole('button', { name: '重发' }).count()).toBe(0);

  // On the order's page, to whoever handles it; the administrator has all fetched at once.
  const order = await bench.page({ width: 1440, height: 900 });
  await enter(bench, order, '1000');
  await order.goto(`/orders/${id}`);
  const missing = order.getByTestId('arriving');
  await missing.getByText(/获取失败：对方返回 503，.*重试/).waitFor();
  hasFile = true;
  await page.getByRole('tab', { name: '平台', exact: true }).click();
  await mine.getByRole('button', { name: '取附件' }).click();
  await told(page, '正在重新获取附件');
  await order.getByRole('link', { name: '材料.txt', exact: true }).waitFor();
  await order.getByText('来自自治区12345').waitFor();
  await missing.waitFor({ state: 'detached' });
  expect(bench.faults).toEqual([]);
});
