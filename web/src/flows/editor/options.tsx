/** What nodes of the flow may point to. */
import type { FlowOptions } from '@rexian/contracts';
import type { Known } from '@rexian/flows/validate.ts';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useMemo } from 'react';
import { api } from '../../platform/api.ts';
import { NamesProvider } from '../canvas/names.ts';
import { useNames } from '../history/useNames.ts';
import { knownOf } from './known.ts';

export interface Options {
  /** Whose flow it is. */
  unitId: string;
  /** null: not known yet, or not to be learnt (`error`). */
  options: FlowOptions | null;
  /** The same for `validate`. */
  known: Known | null;
  error: unknown;
  retry(): void;
}

const OptionsContext = createContext<Options | null>(null);

/** Also names what the drawing shows. */
export function OptionsProvider({ flowId, unitId, children }: { flowId: string; unitId: string; children: ReactNode }) {
  const { data, error, refetch } = useQuery(
    api.flows.options.queryOptions({ input: { unitId }, staleTime: 30_000, refetchInterval: 60_000 }),
  );
  const names = useNames(unitId);
  const value = useMemo(
    (): Options => ({
      unitId,
      options: data ?? null,
      known: data ? knownOf(data, flowId) : null,
      error: data ? null : error,
      retry: () => void refetch(),
    }),
    [unitId, data, error, refetch, flowId],
  );
  return (
    <OptionsContext value={value}>
      <NamesProvider value={names}>{children}</NamesProvider>
    </OptionsContext>
  );
}

/** Throws outside of an editor. */
export function useOptions(): Options {
  const options = use(OptionsContext);
  if (!options) throw new Error('useOptions outside of an editor');
  return options;
}
