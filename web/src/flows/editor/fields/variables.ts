/** Variables that a text or an expression may name. */
import type { FlowDocument } from '@rexian/contracts';
import { valuesOf } from '@rexian/flows/fields.ts';
import type { Field } from '@rexian/flows/node.ts';
import { SPOKEN_KINDS } from '@rexian/flows/spoken.ts';
import { FACTS, type Scope } from '@rexian/flows/variables.ts';
import { nodeTypes } from '../../registry.ts';

/** The flow's own, in alphabetical order. */
export const variablesOf = ({ nodes }: FlowDocument): string[] => {
  const named = Object.values(nodes).flatMap(({ type, config }) =>
    valuesOf(nodeTypes.get(type)?.form ?? [], config, 'variable'),
  );
  return [...new Set(named)].filter(Boolean).sort();
};

export interface VariableGroup {
  label: string;
  variables: { name: string; label: string }[];
}

const GROUPS: Readonly<Record<keyof typeof FACTS, string>> = { caller: '来电人', called: '被叫', now: '当前时间' };

/** All that can be named, in groups. */
export function groupsOf(own: readonly string[], { locals = [] }: Pick<Field, 'locals'>): VariableGroup[] {
  const plain = (label: string, names: readonly string[]) => ({
    label,
    variables: names.map((name) => ({ name, label: name })),
  });
  const facts = Object.entries(FACTS).map(([name, parts]) => ({
    label: GROUPS[name as keyof typeof FACTS],
    variables: Object.entries(parts).map(([part, label]) => ({ name: `${name}.${part}`, label })),
  }));
  return [plain('本节点', locals), plain('流程变量', own), ...facts].filter(({ variables }) => variables.length > 0);
}

export const READINGS: readonly { value: string; label: string }[] = Object.entries(SPOKEN_KINDS).map(
  ([value, label]) => ({ value, label }),
);

const EXAMPLES = {
  caller: { number: '13800138000', region: '南宁市', class: '普通' },
  called: { number: '12366', name: '税务热线' },
  now: { date: '2026-10-01', time: '09:30', year: 2026, month: 10, day: 1, hour: 9, minute: 30, weekday: 4 },
} satisfies Readonly<Record<keyof typeof FACTS, Scope[string]>>;

/** Values to hear a text with. */
export const exampleScope = (own: readonly string[], locals: readonly string[] = []): Scope => ({
  ...Object.fromEntries([...own, ...locals].map((name) => [name, 3])),
  ...EXAMPLES,
});
