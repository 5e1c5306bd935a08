/** `rexian migrate`: prepares the database of DATABASE_URL and says how servers connect to it. */
import { EngineError, ensureFolder } from '@rexian/engines';
import { firstAccountLines, newKeyAdvice } from './banner.ts';
import { prepare } from './prepare.ts';
import { readSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';

export async function migrate(terminal: Terminal): Promise<number> {
  const settings = readSettings(process.env);
  if (!settings.databaseUrl)
    throw new EngineError('bad-setting', '请用 DATABASE_URL 指明数据库（其所有者的连接地址）。');
  ensureFolder(settings.home);
  const { databaseUrl } = settings;
  const demo = process.env.REXIAN_DEMO === '1';
  const prepared = await terminal.step('准备数据库', () => prepare(databaseUrl, settings, demo));
  if (prepared.newKeyFile) terminal.warn(newKeyAdvice(settings.dataKeyFile));
  if (prepared.first) for (const line of firstAccountLines(prepared.first)) terminal.line(line);
  terminal.line('数据库已就绪。控制进程请使用以下两个连接地址（含密码，勿外传），不要把 DATABASE_URL 交给它：');
  terminal.line(`DATABASE_WEB_URL=${prepared.urls.web}`);
  terminal.line(`DATABASE_ENGINE_URL=${prepared.urls.engine}`);
  return 0;
}
