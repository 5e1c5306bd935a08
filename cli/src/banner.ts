import type { DemoLogin, Ready } from './control.ts';
import type { FirstAccount } from './prepare.ts';
import type { Settings } from './settings.ts';

/** What the newcomer sees once everything runs. */
export function banner({ url, demo }: Ready, first: FirstAccount | null, settings: Settings, took: string): string {
  const base = url.replace('0.0.0.0', 'localhost').replace('127.0.0.1', 'localhost').replace(/\/*$/, '/');
  const { sip, trunkAllow, asteriskUrl } = settings;
  const host = sip.host === '0.0.0.0' ? '本机地址' : sip.host;
  const trunk = `sip:号码@${host}:${sip.port}（UDP，允许来自 ${trunkAllow.join('、')}，用 TRUNK_ALLOW 修改）`;
  const lines = [
    '',
    `热线平台已就绪（用时 ${took}）`,
    '',
    `  控制台    ${base}`,
    `  来电体验  ${base}try/`,
    asteriskUrl ? '' : `  SIP 中继  ${trunk}`,
    ...logins(demo),
    ...(first ? ['', ...firstAccountLines(first)] : []),
    '',
    ...(demo.length > 0
      ? ['  两个浏览器标签页就能打一通电话：一个登录坐席，签入并示闲，另一个打开来电体验拨 12366。']
      : []),
    '  按 Ctrl-C 停止。',
    '',
  ];
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '').join('\n');
}

/** Said once, when the first data key has been made. */
export const newKeyAdvice = (file: string): string =>
  `已生成数据密钥 ${file}。请与数据库备份分开妥善保管：丢失后，来电号码等个人信息无法恢复。`;

/** The only time that anybody sees this password. */
export function firstAccountLines({ login, password }: FirstAccount): string[] {
  return [
    '  第一个管理员账号（密码只显示这一次，首次登录后必须修改）',
    `    登录名  ${login}`,
    `    密码    ${password}`,
  ];
}

function logins(demo: readonly DemoLogin[]): string[] {
  if (demo.length === 0) return [];
  const rows = demo.map(
    ({ login, password, name, role }) => `    ${login.padEnd(9)}${password.padEnd(14)}${name}  ${role}`,
  );
  return ['', '  演示账号（登录名 密码 姓名 角色）', ...rows];
}
