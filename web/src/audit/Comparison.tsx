import type { AuditEntry } from '@rexian/contracts';
import { changedFields } from './changedFields.ts';

/** What was changed, side by side; personal data comes masked from the server. */
export function Comparison({ entry }: { entry: AuditEntry }) {
  const rows = changedFields(entry);
  const both = entry.before !== null && entry.after !== null;
  return (
    <table className="comparison">
      <thead>
        <tr>
          <th>字段</th>
          {entry.before !== null && <th>{both ? '变更前' : '内容'}</th>}
          {entry.after !== null && <th>{both ? '变更后' : '内容'}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ path, label, before, after }) => (
          <tr key={path} data-changed={(both && before !== after) || undefined}>
            <th scope="row">{label}</th>
            {entry.before !== null && <td>{before ?? '—'}</td>}
            {entry.after !== null && <td>{after ?? '—'}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
