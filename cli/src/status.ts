import { join } from 'node:path';
import { findAsterisk, findPostgres } from '@rexian/engines';
import { controlTitles } from './control.ts';
import { livingProcess } from './instance.ts';
import { readSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** `rexian status`: what of this checkout runs. Returns 0 when the platform does, 1 otherwise. */
export function status(terminal: Terminal): number {
  const { home, runFolder } = readSettings(process.env);
  const up = livingProcess(runFolder, 'up');
  const state = (pid: number | null | undefined): string => (pid ? `运行中（进程 ${pid}）` : '未运行');
  terminal.line(`平台      ${state(up?.pid)}${up ? `  ${up.url}` : ''}`);
  for (const name of ['control', 'standby'] as const) {
    const process = livingProcess(runFolder, name);
    const role = process ? `  ${process.leading ? '正在处理通话' : '待命'}` : '';
    terminal.line(`${controlTitles[name]}  ${state(process?.pid)}${role}`);
  }
  terminal.line(`语音引擎  ${state(findAsterisk(join(home, 'asterisk')))}`);
  terminal.line(`数据库    ${state(findPostgres(join(home, 'postgres')))}`);
  return up ? 0 : 1;
}
