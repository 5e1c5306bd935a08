import type { BoardAgent, SupervisorVerb } from '@rexian/contracts';
import { Dropdown, type MenuProps } from 'antd';
import { type ReactElement, useState } from 'react';
import { useSupervision } from './supervision.tsx';
import { menuGroups, refusalOf, type Supervisor, verbLabel } from './verbs.ts';

const dangerous = new Set<SupervisorVerb>(['force_hang_up', 'force_sign_out']);

interface Props {
  agent: BoardAgent;
  children: ReactElement;
  onOpenChange?(open: boolean): void;
}

/** What can be done to an agent, behind a button. What doesn't fit is greyed out and says why. */
export function AgentMenu({ agent, children, onOpenChange }: Props) {
  const supervision = useSupervision();
  // As it was when it was opened: what changes below the finger or the arrow keys, the server refuses.
  const [opened, setOpened] = useState<MenuProps['items']>();
  if (!supervision) return children;
  const { supervisor, run } = supervision;
  return (
    <Dropdown
      autoFocus
      destroyOnHidden
      trigger={['click', 'contextMenu']}
      classNames={{ root: 'agent-menu' }}
      onOpenChange={(open) => {
        setOpened(open ? itemsOf(agent, supervisor) : undefined);
        onOpenChange?.(open);
      }}
      menu={{
        items: opened ?? [],
        onClick: ({ key, domEvent }) => {
          // The Enter that chose must not answer the question that comes up.
          domEvent.preventDefault();
          run(key as SupervisorVerb, agent);
        },
      }}
    >
      {children}
    </Dropdown>
  );
}

function itemsOf(agent: BoardAgent, supervisor: Supervisor): NonNullable<MenuProps['items']> {
  const groups = menuGroups.map((verbs) =>
    verbs.map((verb) => {
      const refusal = refusalOf(verb, agent, supervisor);
      return {
        key: verb,
        label: verbLabel(verb),
        disabled: refusal !== null,
        danger: dangerous.has(verb),
        ...(refusal ? { extra: refusal } : {}),
      };
    }),
  );
  return groups.flatMap((items, index) => (index > 0 ? [{ type: 'divider' as const }, ...items] : items));
}
