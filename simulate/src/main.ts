/** `./rexian simulate`: callers and agents against a running platform. */
import { defaultHome, EngineError, installPrefix } from '@rexian/engines';
import { createLogger } from '@rexian/server/platform/log.ts';
import { DEMO_PASSWORD, demoAccounts, simulatedLogins } from '@rexian/server/seed/demo.ts';
import { NoDevice } from './agent.ts';
import { parseOptions, USAGE, UsageError } from './options.ts';
import { isRefusal, PlatformUnreachable } from './platform.ts';
import { NotRegistered } from './registrations.ts';
import { Screen, summaryText } from './screen.ts';
import { Simulation } from './simulation.ts';
import { hasFailed } from './summary.ts';

async function main(args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(USAGE);
    return 0;
  }
  const options = parseOptions(args);
  const home = defaultHome();
  const screen = new Screen();
  const signal = stopOnSignal(screen);
  await installPrefix({ home, report: ({ step, percent }) => screen.line(`${step} ${Math.round(percent ?? 0)}%`) });
  const leader = demoAccounts().find(({ login }) => login === '1000');
  if (!leader) throw new Error('the demo has no leader 1000');
  const agentAccounts = simulatedLogins().map((login) => ({ login, password: DEMO_PASSWORD }));
  const log = createLogger({ level: process.env.LOG_LEVEL ?? 'silent', name: 'simulate' });
  screen.line(`平台 ${options.url}，SIP ${options.sip}，随机种子 ${options.seed}`);
  const simulation = new Simulation({ ...options, home, leader, agentAccounts, screen, log, signal });
  const summary = await simulation.run();
  screen.end(summaryText(summary));
  return hasFailed(summary) ? 1 : 0;
}

/** The first Ctrl-C ends calls and signs agents out; the second one doesn't wait. */
function stopOnSignal(screen: Screen): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      screen.line('正在停止，再按一次 Ctrl-C 立即退出');
      controller.abort();
    });
  }
  return controller.signal;
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${USAGE}`;
  if (error instanceof EngineError) return error.message;
  if (error instanceof PlatformUnreachable) {
    return '连接不到平台。请先运行 ./rexian up，或用 --url 指明平台网址。';
  }
  if (isRefusal(error, 'BAD_CREDENTIALS')) {
    return '平台拒绝了演示账号（班长 1000、坐席 8001–8020）。模拟只能用于带演示数据的平台。';
  }
  if (error instanceof NoDevice) {
    return `平台没有坐席 ${error.message} 的 IP 话机（sip-${error.message}）。模拟只能用于带演示数据的平台。`;
  }
  if (error instanceof NotRegistered) {
    return `模拟话机注册失败，请用 --sip 指明平台的 SIP 地址。（${error.message}）`;
  }
  return `模拟失败：${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(explain(error));
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
