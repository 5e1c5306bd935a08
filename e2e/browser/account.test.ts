import { createHmac } from 'node:crypto';
import { DEMO_PASSWORD } from '@rexian/server/seed/demo.ts';
import { apiClient } from '@rexian/server/testing/api-client.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { choose, confirm, drawer, goTo, row, told, typeInto } from './antd.ts';
import {
  agentReady,
  type BrowserBench,
  dial,
  enterPassword,
  inLegState,
  inState,
  logIn,
  startBrowserBench,
} from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-account', { base: 20_330, rtp: 50_000 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

/** The machine may be busy. */
const SOON = { timeout: 10_000 };
const NEW_PASSWORD = 'Mulan-7731-kai';
const menu = (page: Page) => page.getByRole('navigation', { name: '主菜单' });
const wide = () => bench.page({ width: 1440, height: 900 });

async function administrator() {
  const { api } = apiClient(bench.stack.url);
  await api.auth.login({ login: 'admin', password: DEMO_PASSWORD });
  return api;
}

/** A person without any role, as an administrator adds one. */
async function newPerson(login: string, name: string) {
  const api = await administrator();
  const [top] = await api.units.tree();
  const created = await api.people.create({ unitId: top?.id ?? '', login, name, agentNumber: null });
  return { api, ...created };
}

async function enter(page: Page, login: string, password: string, follows: Locator): Promise<void> {
  await page.goto('/');
  await page.getByLabel('工号').fill(login);
  await page.getByLabel('密码').fill(password);
  await enterPassword(page, follows);
}

/** RFC 6238 by hand: the code of the time step that lies so many steps ahead. */
function oneTimePassword(secret: string, stepsAhead = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead));
  const digest = createHmac('sha1', key).update(counter).digest();
  const value = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}

describe('the entrance', () => {
  it('tells once why single sign-on brought nobody here', async () => {
    const page = await bench.page();
    await page.goto('/?sso=unknown_person');
    await page.getByRole('alert').getByText('尚未在本平台开通').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.reload();
    await page.getByLabel('工号').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('refuses a wrong password and says so; the wait after too many comes in the words of the server', async () => {
    const page = await bench.page();
    await newPerson('e1001', '试登录');
    for (let tries = 0; tries < 5; tries++) {
      await enter(page, 'e1001', `wrong-${tries}`, page.getByRole('alert').filter({ hasNotText: '系统繁忙' }));
    }
    await enter(page, 'e1001', 'wrong-again', page.getByRole('alert').getByText(/秒|分钟/));
    expect(await page.getByRole('alert').textContent()).not.toContain('工号或密码不正确');
  });

  it('lets nobody further before the temporary password is changed; roles given meanwhile open their pages at once', async () => {
    const { api, person, temporaryPassword } = await newPerson('e1002', '陆新');
    const page = await bench.page();
    await enter(page, 'e1002', temporaryPassword, page.getByText('陆新，您好。首次登录'));
    await page.goto('/account');
    await page.getByRole('heading', { name: '修改密码' }).waitFor();
    expect(await menu(page).count()).toBe(0);

    await page.getByLabel('当前密码').fill(temporaryPassword);
    await page.getByLabel('新密码', { exact: true }).fill('e1002');
    await expect.poll(() => page.locator('.password-checks [data-met=false]').count(), SOON).toBeGreaterThan(1);
    await page.getByLabel('新密码', { exact: true }).fill(NEW_PASSWORD);
    await expect.poll(() => page.locator('.password-checks [data-met=false]').count(), SOON).toBe(0);
    await page.getByLabel('再次输入新密码').fill(NEW_PASSWORD);
    await enterPassword(page, page.getByText('陆新，您好。您的账号还没有可用的功能'));
    expect(await menu(page).getByRole('link').count()).toBe(0);

    const roles = await api.roles.list();
    const leader = roles.find(({ code }) => code === 'leader');
    await api.people.assignRoles({
      id: person.id,
      roleIds: [leader?.id ?? ''],
      scope: 'subtree',
      entitledUnitIds: [],
    });
    await menu(page).getByRole('link', { name: '现场监控' }).waitFor();
    expect(await menu(page).getByRole('link', { name: '审计日志' }).count()).toBe(0);
    // What isn't theirs can't be reached by its address either.
    await page.goto('/audit');
    await page.waitForURL('**/monitor');
  });

  it('asks for the one-time password once it is enrolled, or for a recovery code', async () => {
    const { temporaryPassword } = await newPerson('e1003', '覃双');
    const page = await bench.page();
    await enter(page, 'e1003', temporaryPassword, page.getByLabel('当前密码'));
    await page.getByLabel('当前密码').fill(temporaryPassword);
    await page.getByLabel('新密码', { exact: true }).fill(NEW_PASSWORD);
    await page.getByLabel('再次输入新密码').fill(NEW_PASSWORD);
    const enrol = page.getByRole('button', { name: '绑定动态口令' });
    await enterPassword(page, enrol);
    await enrol.click();
    await page.getByLabel('登录密码').fill(NEW_PASSWORD);
    await enterPassword(page, page.getByTestId('totp-secret'));
    const secret = ((await page.getByTestId('totp-secret').textContent()) ?? '').replaceAll(/[^A-Z2-7]/g, '');
    const field = page.getByLabel('输入验证器显示的 6 位数字');
    await field.fill(oneTimePassword(secret) === '000000' ? '111111' : '000000');
    await page.getByRole('alert').getByText('动态口令不正确').waitFor();
    await field.fill(oneTimePassword(secret));
    await page.getByTestId('recovery-codes').waitFor();
    const codes = await page.getByTestId('recovery-codes').locator('code').allTextContents();
    expect(codes).toHaveLength(10);
    expect(await page.getByRole('button', { name: '完成' }).isDisabled()).toBe(true);
    await page.getByText('我已保存恢复码').click();
    await page.getByRole('button', { name: '完成' }).click();
    await page.getByText('剩余恢复码 10 个').waitFor();

    await page.getByRole('button', { name: '退出' }).click();
    await enter(page, 'e1003', NEW_PASSWORD, page.getByLabel('动态口令'));
    // The code of the enrolment is used up; the clock may be a step off.
    await typeInto(page, oneTimePassword(secret, 1));
    await page.getByText('还没有可用的功能').waitFor();

    await page.getByRole('button', { name: '退出' }).click();
    const recovery = page.getByRole('button', { name: '使用恢复码' });
    await enter(page, 'e1003', NEW_PASSWORD, recovery);
    await recovery.click();
    await page.getByLabel('恢复码').fill(codes[3]?.toUpperCase() ?? '');
    await page.keyboard.press('Enter');
    await page.getByText('剩余恢复码 9 个').waitFor();
  });

  it('shows where one is signed in and ends what looks strange', async () => {
    const here = await bench.page();
    const elsewhere = await bench.page();
    await logIn(elsewhere, '2000');
    await logIn(here, '2000');
    await here.getByRole('button', { name: /蓝雨/ }).click();
    await here.getByRole('menuitem', { name: '登录会话' }).click();
    const sessions = here.locator('#sessions');
    await sessions.getByText('本次会话').waitFor();
    await sessions.getByRole('button', { name: '结束' }).first().click();
    await here.locator('.ant-popconfirm').getByRole('button', { name: '结束' }).click();
    await told(here, '会话已结束');
    // The other page hears of it by itself.
    await elsewhere.getByLabel('工号').waitFor();
  });
});

describe('centres and personal data', () => {
  it('narrows every page to the chosen centre, over a reload, and back', async () => {
    const page = await wide();
    await logIn(page, '1000');
    await goTo(page, '人员管理');
    await row(page, '覃丽华').waitFor();
    await choose(page, page.getByLabel('切换中心'), '南宁市12366');
    await row(page, '蒙秋菊').waitFor();
    await row(page, '覃丽华').waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/people');
    await page.reload();
    await row(page, '蒙秋菊').waitFor();
    expect(await row(page, '覃丽华').count()).toBe(0);
    await page.locator('.shell-centre[data-narrowed]').waitFor();
    await choose(page, page.getByLabel('切换中心'), '全部中心');
    await row(page, '覃丽华').waitFor();
  });

  it('offers no choice to who has one centre only', async () => {
    const page = await bench.page();
    await logIn(page, '2001');
    await page.locator('.shell-unit', { hasText: '南宁市12366' }).waitFor();
    expect(await page.getByLabel('切换中心').count()).toBe(0);
  });

  it('masks numbers, reveals one to who may, keeps what is known of the caller; the auditor sees who looked', async () => {
    const caller = await bench.page({ width: 390, height: 780 });
    await dial(caller, '13877135678');
    await caller.getByRole('button', { name: '挂机' }).click();

    const leader = await wide();
    await logIn(leader, '1000');
    await goTo(leader, '通话记录');
    await leader.getByLabel('主叫号码').fill('5678');
    await leader.keyboard.press('Enter');
    const call = row(leader, '138 **** 5678').first();
    await call.waitFor();
    await expect.poll(() => leader.getByTestId('contact-count').textContent(), SOON).toBe('共 1 条');
    expect(await leader.locator('body').textContent()).not.toContain('7713');
    await call.hover();
    await call.getByRole('button', { name: '查看' }).click();
    await row(leader, '138 7713 5678').waitFor();

    const download = leader.waitForEvent('download');
    await leader.getByRole('button', { name: '导出' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);

    await row(leader, '138 7713 5678').click();
    await drawer(leader).getByRole('button', { name: '登记' }).click();
    await drawer(leader).getByLabel('姓名').fill('韦晓兰');
    await drawer(leader).getByLabel('证件号码').fill('450100199001011234');
    await leader.keyboard.press('Enter');
    await told(leader, '来电人已保存');
    const card = drawer(leader).locator('.customer');
    expect(await card.locator('[data-field=name]').textContent()).toBe('韦*兰');
    await card.getByRole('button', { name: '修改' }).click();
    await drawer(leader).getByLabel('单位').fill('南宁某公司');
    await leader.keyboard.press('Enter');
    await card.locator('[data-field=company]', { hasText: '南宁某公司' }).waitFor();
    // A masked value is never sent back: the name is still the one that was typed.
    await card.getByRole('button', { name: '查看' }).click();
    await card.locator('[data-field=name]', { hasText: '韦晓兰' }).waitFor();
    await card.locator('[data-field=idNumber]', { hasText: '450100199001011234' }).waitFor();

    const auditor = await wide();
    await logIn(auditor, 'auditor');
    expect(await menu(auditor).getByRole('link').allTextContents()).toEqual(['审计日志']);
    await auditor.getByLabel('人员').fill('苏红');
    await auditor.getByLabel('动作').fill('查看完整');
    await auditor.keyboard.press('Enter');
    await auditor.keyboard.press('Escape');
    await auditor.getByRole('button', { name: '查询' }).click();
    await row(auditor, '138****5678').first().waitFor();
    await expect.poll(() => auditor.locator('.ant-table-row').count(), SOON).toBe(2);
    await auditor.getByRole('button', { name: '重置' }).click();
    const saved = row(auditor, '来电人').filter({ hasText: /修改|新增/ });
    await saved.first().click();
    await auditor.locator('.comparison', { hasText: '单位名称' }).waitFor();
    expect(await auditor.locator('body').textContent()).not.toMatch(/韦晓兰|13877135678|450100199001011234/);
    expect(bench.faults).toEqual([]);
  });
});

describe('the caller at the desk', () => {
  it('is kept when the wrap-up is saved over what was just typed', async () => {
    const agent = await bench.page();
    const caller = await bench.page({ width: 390, height: 780 });
    await agentReady(agent, '1002');
    // The agent is quicker than the registration, which opens beside what is being typed.
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    await agent.route('**/orders/prefill', (route) => opened.then(() => route.continue()));
    await dial(caller, '13877139999');
    await caller.keyboard.press('1');
    await agent.locator('.ring-buttons').waitFor();
    await agent.keyboard.press('F2');
    await inLegState(agent, 'talking');
    const card = agent.getByRole('region', { name: '来电人' });
    await card.getByRole('button', { name: '登记' }).click();
    await typeInto(agent, '黄志');
    open();
    await agent.getByLabel('诉求内容').waitFor();
    await agent.keyboard.type('强');
    await agent.keyboard.press('F4');
    await inLegState(agent, 'ended');
    await agent.getByText('已解答').click();
    await agent.keyboard.press('Control+Enter');
    await told(agent, '来电人已保存');
    await inState(agent, 'ready');

    await dial(caller, '13877139999');
    await caller.keyboard.press('1');
    await card.locator('[data-field=name]', { hasText: '黄*强' }).waitFor();
  });
});

describe('security', () => {
  it("makes a partner's key, shows its secret once, rotates and revokes it", async () => {
    const page = await wide();
    await logIn(page, 'admin');
    await goTo(page, '接口密钥');
    await page.getByRole('button', { name: '新增密钥' }).click();
    await drawer(page).getByLabel('名称').fill('省政务平台');
    await drawer(page).getByLabel('查看通话记录').check();
    await drawer(page).getByLabel('允许来源').fill('127.0.0.0/8 ');
    await drawer(page).getByRole('button', { name: '生成密钥' }).click();
    const first = (await page.getByTestId('api-secret').textContent()) ?? '';
    const ask = (secret: string) =>
      fetch(`${bench.stack.url}/api/v1/contacts`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await ask(first)).status).toBe(200);
    await page.getByRole('button', { name: '已保存' }).click();
    expect(await page.locator('body').textContent()).not.toContain(first);

    await row(page, '省政务平台').getByRole('button', { name: '轮换' }).click();
    await drawer(page).getByRole('button', { name: '生成新密钥' }).click();
    const second = (await page.getByTestId('api-secret').textContent()) ?? '';
    await page.getByRole('button', { name: '已保存' }).click();
    expect(second).not.toBe(first);
    expect([(await ask(first)).status, (await ask(second)).status]).toEqual([200, 200]);
    await row(page, '省政务平台').getByText('轮换中').waitFor();

    await row(page, '省政务平台').getByRole('button', { name: '吊销' }).click();
    await confirm(page, '吊销接口密钥“省政务平台”', '吊销');
    await row(page, '省政务平台').waitFor({ state: 'detached' });
    expect((await ask(second)).status).toBe(401);
  });

  it('keeps what the security settings say, and asks administrators for a one-time password when they do', async () => {
    const page = await wide();
    await logIn(page, 'admin');
    await goTo(page, '安全策略');
    const length = page.getByLabel('最短长度');
    await length.fill('12');
    await page.getByText('新密码不得少于 12 个字符').waitFor();
    await page.getByRole('button', { name: '保存' }).click();
    await told(page, '安全策略已保存');
    await page.reload();
    await expect.poll(() => length.inputValue(), SOON).toBe('12');
    await page.getByLabel('管理人员必须使用').click();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('系统管理员，您好。您的权限要求登录时使用动态口令').waitFor();
    expect(await menu(page).count()).toBe(0);
    expect(bench.faults).toEqual([]);
  });
});
