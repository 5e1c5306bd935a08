import { COUNT_LIMIT, type ContactFilter, contactFilter } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { ExportCallers } from '../exchange/ExportCallers.tsx';
import { api, client } from '../platform/api.ts';

/** How many the filter finds, and the way to take them along. */
export function ListHead({ filter }: { filter: ContactFilter }) {
  return (
    <header className="list-head">
      <Count filter={filter} />
      <div className="list-end">
        <ExportCallers fetchFile={(clear) => client.contacts.export({ ...contactFilter.parse(filter), clear })} />
      </div>
    </header>
  );
}

function Count({ filter }: { filter: ContactFilter }) {
  const { data } = useQuery(
    api.contacts.count.queryOptions({ input: contactFilter.parse(filter), placeholderData: (before) => before }),
  );
  return <span data-testid="contact-count">{data ? countText(data) : ' '}</span>;
}

function countText({ count, more }: { count: number; more: boolean }): string {
  if (more) return `超过 ${Math.max(count, COUNT_LIMIT).toLocaleString('zh-CN')} 条`;
  return `共 ${count.toLocaleString('zh-CN')} 条`;
}
