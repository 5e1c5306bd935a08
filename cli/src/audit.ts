/** `rexian audit verify`: is the audit log whole? */
import { EngineError } from '@rexian/engines';
import { type AuditCheck, auditMarksFile, verifyAudit } from '@rexian/server/audit/verify.ts';
import { openDb } from '@rexian/server/platform/db.ts';
import { withDatabase } from './database.ts';
import { readSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';

const faults: Record<NonNullable<AuditCheck['broken']>['why'], string> = {
  changed: '内容与校验值不符，已被改动',
  missing: '缺失，已被删除',
  inserted: '与前一条不衔接，是后来插入或替换的',
  cut: '缺失：上次校验时还在，末尾的记录已被删除',
};

/** Returns 0 for a whole chain, 1 for a broken one. */
export async function audit([action, ...rest]: string[], terminal: Terminal): Promise<number> {
  if (action !== 'verify' || rest.length > 0) throw new EngineError('bad-setting', '用法：./rexian audit verify');
  const settings = readSettings(process.env);
  const check = await withDatabase(settings, terminal, (url) =>
    terminal.step('校验审计日志', async () => {
      const { db, close } = openDb(url, { max: 1, statementTimeoutMs: 600_000 });
      const marks = auditMarksFile(settings.home, url);
      return { ...(await verifyAudit(db, marks).finally(close)), marks };
    }),
  );
  if (check.broken) {
    terminal.fail(
      `审计日志不完整：第 ${check.broken.id} 条${faults[check.broken.why]}。之前的 ${check.broken.id - 1} 条无误。`,
    );
    return 1;
  }
  terminal.line(`✓ 审计日志完整，共 ${check.rows} 条。`);
  if (check.last) terminal.line(`  最后一条的校验值 ${check.last.hash}，已记入 ${check.marks}`);
  return 0;
}
