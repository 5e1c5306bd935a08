import type { ImportReport } from '@rexian/contracts';

/** A CSV file that Excel opens as it is: with a byte order mark, every field quoted, no field taken for a formula. */
export function passwordsFile(passwords: ImportReport['passwords']): Blob {
  const lines = [['工号', '初始密码'], ...passwords.map(({ login, password }) => [login, password])];
  const text = lines.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
  return new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' });
}

function quoted(field: string): string {
  const safe = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
  return `"${safe.replaceAll('"', '""')}"`;
}
