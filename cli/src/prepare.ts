/** Prepares a database as its owner: data key, roles, schema, and what an empty one begins with. */
import { existsSync } from 'node:fs';
import { EngineError } from '@rexian/engines';
import { ensureKeyFile, holdsSealedData } from '@rexian/server/maintenance/data-keys.ts';
import { openDb } from '@rexian/server/platform/db.ts';
import { createLogger } from '@rexian/server/platform/log.ts';
import { prepareDatabase, type ServingUrls } from '@rexian/server/platform/prepare.ts';
import { type KeyRing, readKeyRing, Vault } from '@rexian/server/platform/vault.ts';
import { demoAccounts, seedDemo } from '@rexian/server/seed/demo.ts';
import { seedFirst } from '@rexian/server/seed/first.ts';
import type { DemoLogin } from './control.ts';
import type { Settings } from './settings.ts';

export type { ServingUrls };
export type FirstAccount = { login: string; password: string };

export interface Prepared {
  urls: ServingUrls;
  /** The administrator of a database that was empty; its password is told nowhere else. */
  first: FirstAccount | null;
  newKeyFile: boolean;
  /** Demo people that there are. */
  logins: DemoLogin[];
}

/** `demo`: an empty database gets the demo centre instead of a first administrator. Throws EngineError. */
export async function prepare(ownerUrl: string, settings: Settings, demo: boolean): Promise<Prepared> {
  const { dataKeyFile } = settings;
  try {
    const newKeyFile = await provideKeyFile(ownerUrl, dataKeyFile);
    const vault = new Vault(readDataKeys(dataKeyFile));
    const urls = await prepareDatabase(ownerUrl, vault, createLogger({ level: 'silent' }));
    if (demo) await seedDemo(ownerUrl, vault);
    const first = demo ? null : await seedFirst(ownerUrl);
    return { urls, first, newKeyFile, logins: demo ? await existing(ownerUrl) : [] };
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('start-failed', `准备数据库失败：${advice(error)}`, undefined, error);
  }
}

/** The keys of the environment, or of the file. Throws EngineError. */
export function readDataKeys(file: string): KeyRing {
  try {
    return readKeyRing({ keys: process.env.REXIAN_DATA_KEYS, file });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineError('bad-setting', `数据密钥无法读取：${why}`, undefined, error);
  }
}

/** Makes the key file of a new installation. Where sealed data waits for a key that is gone, a new one would only hide the loss. */
async function provideKeyFile(ownerUrl: string, file: string): Promise<boolean> {
  if (process.env.REXIAN_DATA_KEYS || existsSync(file)) return false;
  if (await holdsSealedData(ownerUrl)) {
    const todo = '请从备份恢复该文件，或用 REXIAN_DATA_KEYS、REXIAN_DATA_KEY_FILE 指明密钥';
    throw new EngineError('bad-setting', `数据库中已有加密数据，但数据密钥文件 ${file} 不存在。${todo}。`);
  }
  return ensureKeyFile(file);
}

/** A database of an earlier version or of another installation need not have the demo's people. */
async function existing(ownerUrl: string): Promise<DemoLogin[]> {
  const { db, close } = openDb(ownerUrl, { max: 1 });
  try {
    const accounts = demoAccounts();
    const names = accounts.map(({ login }) => login);
    const found = await db.selectFrom('people').select(['login', 'name']).where('login', 'in', names).execute();
    const there = accounts.filter(({ login, name }) =>
      found.some((person) => person.login === login && person.name === name),
    );
    // An administrator of the same name is nobody of the demo.
    return there.length > 1 ? there : [];
  } finally {
    await close();
  }
}

function advice(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT')
    return '连接不到 DATABASE_URL 指定的数据库。';
  if (code === '28P01' || code === '28000') return 'DATABASE_URL 的用户名或密码不正确。';
  if (code === '42501')
    return `DATABASE_URL 的用户权限不足，需要是数据库的所有者并能创建角色（CREATEROLE）。（${message}）`;
  return message || String(error);
}
