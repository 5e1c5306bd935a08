import { existsSync } from 'node:fs';
import { EngineError, installPrefix, type Report, runProgram } from '@rexian/engines';
import { buildWeb, needsBuild, webWorkspaces } from './web-build.ts';

/** Debian packages of the browser tests; everything else comes in private prefixes or from npm. */
const packages = ['chromium', 'chromium-headless-shell', 'fonts-noto-cjk'];
const browsers = process.env.CHROMIUM
  ? [process.env.CHROMIUM]
  : ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell'];
const aptMs = 600_000;

/** Installs what the tests need beyond `npm install`: engines, the built pages, a Chromium with Chinese letters. */
export async function prepareTests(home: string, report: Report): Promise<void> {
  await installPrefix({ home, report });
  for (const workspace of webWorkspaces) if (needsBuild(workspace)) await buildWeb(workspace, report);
  if (!browsers.every((path) => existsSync(path))) await installChromium(report);
}

async function installChromium(report: Report): Promise<void> {
  report({ step: `安装浏览器 ${packages.join('、')}` });
  const root = process.getuid?.() === 0;
  const [command, ...before] = root ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const advice = `浏览器测试需要 Chromium，请先执行：sudo apt-get install ${packages.join(' ')}（或用环境变量 CHROMIUM 指定已有的浏览器）。`;
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { code, output } = await runProgram(command ?? 'apt-get', [...before, ...args], { quietMs: aptMs, env });
    if (code !== 0) throw new EngineError('no-tool', advice, output);
  }
}
