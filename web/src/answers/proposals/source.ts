/** Where proposals come from: a person, or one of their imports; as a condition of the list, in the address. */
import type { ProposalSource } from '@rexian/contracts';
import { dateMinute } from '../../platform/format.ts';

/** `by` with a person's id, or `import` with an import's; null: from anywhere. */
export type Source = { kind: 'by' | 'import'; id: string } | null;

export function readSource(query: URLSearchParams): Source {
  for (const kind of ['by', 'import'] as const) {
    const id = query.get(kind);
    if (id) return { kind, id };
  }
  return null;
}

export const sourceFilter = (source: Source): { byId?: string; importId?: string } => {
  if (!source) return {};
  return source.kind === 'by' ? { byId: source.id } : { importId: source.id };
};

export interface SourceChoice {
  value: string;
  label: string;
}

/** People in the order of what they sent in; below each who imports, their imports. Values are `by …` and `import …`. */
export function sourceChoices(sources: readonly ProposalSource[]): SourceChoice[] {
  return [...Map.groupBy(sources, ({ by }) => by.id)].flatMap(([id, theirs]) => {
    const name = theirs[0]?.by.name ?? '';
    const all = theirs.reduce((sum, { proposals }) => sum + proposals, 0);
    return [
      { value: `by ${id}`, label: `${name}（${all} 条）` },
      ...theirs.flatMap(({ importId, at, proposals }) =>
        importId ? [{ value: `import ${importId}`, label: `${name} ${dateMinute(at)} 导入（${proposals} 条）` }] : [],
      ),
    ];
  });
}

export const sourceValue = (source: Source): string | null => source && `${source.kind} ${source.id}`;

export function sourceOf(value: string): Source {
  const [kind, id = ''] = value.split(' ');
  return kind === 'by' || kind === 'import' ? { kind, id } : null;
}
