/** `rexian keys`: the keys of personal data. */
import { parseArgs } from 'node:util';
import { EngineError } from '@rexian/engines';
import { keyStatus, rotateDataKey, sealAnew } from '@rexian/server/maintenance/data-keys.ts';
import { dataCipher } from '@rexian/server/platform/vault.ts';
import { withDatabase } from './database.ts';
import { readDataKeys } from './prepare.ts';
import { readSettings, type Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';

const usage = '用法：./rexian keys status | rotate [--cipher aes-256-gcm|sm4] [--resume]';

export async function keys([action, ...args]: string[], terminal: Terminal): Promise<number> {
  const settings = readSettings(process.env);
  switch (action) {
    case 'status':
      if (args.length > 0) throw new EngineError('bad-setting', usage);
      return status(settings, terminal);
    case 'rotate': {
      const options = { cipher: { type: 'string', default: 'aes-256-gcm' }, resume: { type: 'boolean' } } as const;
      const { values } = parseArgs({ args, options });
      const cipher = dataCipher.safeParse(values.cipher);
      if (!cipher.success) throw new EngineError('bad-setting', usage);
      return rotate(settings, terminal, { cipher: cipher.data, resume: values.resume ?? false });
    }
    default:
      throw new EngineError('bad-setting', usage);
  }
}

async function status(settings: Settings, terminal: Terminal): Promise<number> {
  const ring = readDataKeys(settings.dataKeyFile);
  const { active, keys } = await withDatabase(settings, terminal, (url) => keyStatus(url, ring));
  terminal.line(process.env.REXIAN_DATA_KEYS ? '密钥来自 REXIAN_DATA_KEYS' : `密钥文件 ${settings.dataKeyFile}`);
  for (const { id, cipher, values } of keys)
    terminal.line(`  密钥 ${id}  ${cipher.padEnd(12)}${values} 个加密值${id === active ? '  当前使用' : ''}`);
  return 0;
}

async function rotate(
  settings: Settings,
  terminal: Terminal,
  { cipher, resume }: { cipher: 'aes-256-gcm' | 'sm4'; resume: boolean },
): Promise<number> {
  const file = settings.dataKeyFile;
  if (process.env.REXIAN_DATA_KEYS && !resume) {
    const todo = '请在其最前面加入新密钥，重启所有控制进程，再执行 ./rexian keys rotate --resume';
    throw new EngineError('bad-setting', `密钥由环境变量 REXIAN_DATA_KEYS 提供，不能自动更换。${todo}。`);
  }
  const known = readDataKeys(file);
  const { keyId, resealed } = await withDatabase(settings, terminal, (url) =>
    terminal.step('更换数据密钥', (report) => {
      const onProgress = (done: number): void => report({ step: '更换数据密钥', detail: `已重新加密 ${done} 个值` });
      if (process.env.REXIAN_DATA_KEYS) return sealAnew(url, known, onProgress);
      return rotateDataKey({ url, file, cipher, resume, onProgress });
    }),
  );
  terminal.line(`✓ 现在使用密钥 ${keyId}，重新加密了 ${resealed} 个值。`);
  if (!process.env.REXIAN_DATA_KEYS) terminal.line(`  旧密钥仍保留在 ${file} 中，恢复旧备份时需要。请重新备份该文件。`);
  return 0;
}
