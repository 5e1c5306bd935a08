import { EngineError, waitForEnd } from '@rexian/engines';
import { livingProcess } from './instance.ts';
import { readSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';

const stopMs = 60_000;

/** `rexian stop`: ends the `up` of this checkout and waits for it. Returns the exit code. */
export async function stop(terminal: Terminal): Promise<number> {
  const running = livingProcess(readSettings(process.env).runFolder, 'up');
  if (!running) {
    terminal.line('没有正在运行的热线平台。');
    return 0;
  }
  try {
    process.kill(running.pid, 'SIGTERM');
  } catch (error) {
    throw new EngineError('no-permission', `没有权限停止进程 ${running.pid}，请用启动它的用户执行。`, undefined, error);
  }
  const ended = await terminal.step('停止热线平台', () => waitForEnd(running.pid, stopMs));
  if (!ended)
    throw new EngineError(
      'timeout',
      `进程 ${running.pid} 在 ${stopMs / 1000} 秒内没有停止，可执行 kill -9 ${running.pid}。`,
    );
  terminal.line('已停止。');
  return 0;
}
