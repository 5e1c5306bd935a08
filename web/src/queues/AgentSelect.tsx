import type { PersonRef } from '@rexian/contracts';
import { Select } from 'antd';
import { useState } from 'react';
import { useSettled } from '../forms/useSettled.ts';
import { useAgents } from './useAgents.ts';

interface Common {
  id?: string;
  placeholder?: string;
  disabled?: boolean;
  /** Those who are chosen already: they need not be among what was found. */
  known: readonly PersonRef[];
}
interface One extends Common {
  value?: string | null;
  onChange?(value: string | undefined): void;
}
interface Several extends Common {
  value?: string[];
  onChange?(value: string[]): void;
}

export const agentName = ({ name, agentNumber }: PersonRef): string => (agentNumber ? `${name} ${agentNumber}` : name);

/** Finds agents on the server: there may be thousands. */
function useChoices(known: readonly PersonRef[]) {
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const { rows, isFetching } = useAgents(settled ? { text: settled } : {});
  const found = rows.map(({ person }) => person);
  const rest = settled ? [] : known.filter(({ id }) => !found.some((each) => each.id === id));
  return {
    loading: isFetching,
    showSearch: { filterOption: false, onSearch: setText },
    options: [...rest, ...found].map((person) => ({ value: person.id, label: agentName(person) })),
    allowClear: true,
  };
}

export function AgentSelect({ known, value, ...props }: One) {
  return <Select<string | undefined> {...useChoices(known)} {...props} value={value ?? undefined} />;
}

export function AgentsSelect({ known, value, ...props }: Several) {
  return <Select<string[]> {...useChoices(known)} {...props} mode="multiple" value={value ?? []} />;
}
