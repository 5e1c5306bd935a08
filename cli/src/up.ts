import { EngineError, ensureFolder } from '@rexian/engines';
import { banner } from './banner.ts';
import { Centre } from './centre.ts';
import { endOrphanedControl, livingProcess, removeRecord, writeRecord } from './instance.ts';
import { preflight } from './preflight.ts';
import { readSettings } from './settings.ts';
import { seconds, type Terminal } from './terminal.ts';

/** `rexian up`: everything from nothing to a running centre, then its supervisor until Ctrl-C. Returns the exit code. */
export async function up(terminal: Terminal, httpPort?: number): Promise<number> {
  const begin = Date.now();
  const settings = readSettings(process.env, httpPort);
  const { home, runFolder, http } = settings;
  const other = livingProcess(runFolder, 'up');
  if (other) {
    terminal.fail(`热线平台已在运行（进程 ${other.pid}）：${other.url}`);
    terminal.line('  停止它：./rexian stop');
    return 1;
  }
  ensureFolder(home);
  const url = `http://${http.host === '127.0.0.1' || http.host === '0.0.0.0' ? 'localhost' : http.host}:${http.port}/`;
  writeRecord(runFolder, 'up', process.pid, { url, sip: `127.0.0.1:${settings.sip.port}` });
  const ending = new AbortController();
  const centre = new Centre(settings, terminal, ending.signal);
  handleSignals(terminal, ending, centre);
  try {
    const interrupted = new Promise<never>((_, reject) => {
      ending.signal.addEventListener('abort', () => reject(ending.signal.reason), { once: true });
    });
    const started = async () => {
      const orphan = await terminal.step('结束上次遗留的控制进程', () => endOrphanedControl(runFolder));
      if (orphan) terminal.line('  已结束上次遗留的控制进程');
      await preflight(settings);
      return centre.start();
    };
    const ready = await Promise.race([started(), interrupted]);
    terminal.line(
      banner({ ...ready, url: ready.url || url }, centre.firstAccount, settings, seconds(Date.now() - begin)),
    );
    await centre.supervise();
    return 0;
  } catch (error) {
    // A stop in the middle of a start makes its steps fail; that is no news.
    if (ending.signal.aborted) return 130;
    if (error instanceof EngineError) explain(error, terminal, centre.log.path);
    else throw error;
    return 1;
  } finally {
    await terminal.step('停止', () => centre.stop());
    removeRecord(runFolder, 'up');
    if (ending.signal.aborted) terminal.line('已停止。');
  }
}

function explain(error: EngineError, terminal: Terminal, controlLog: string): void {
  terminal.fail(error.message);
  if (error.detail) terminal.line(error.detail.replaceAll(/^/gm, '    '));
  if (error.message.startsWith('控制进程')) terminal.line(`  日志：${controlLog}`);
}

/** The first signal ends politely, the second at once. */
function handleSignals(terminal: Terminal, ending: AbortController, centre: Centre): void {
  const onSignal = (): void => {
    if (ending.signal.aborted) {
      void centre.kill().finally(() => process.exit(130));
      return;
    }
    terminal.line('\n正在停止（再按一次 Ctrl-C 立即结束）…');
    ending.abort(new Error('interrupted'));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  // The terminal may have been closed; the centre is stopped properly all the same.
  process.stdout.on('error', () => {});
}
