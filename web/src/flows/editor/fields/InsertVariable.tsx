import { FunctionOutlined } from '@ant-design/icons';
import type { Field } from '@rexian/flows/node.ts';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useState } from 'react';
import { useEditing } from '../state.ts';
import { groupsOf, READINGS, variablesOf } from './variables.ts';

type Props = {
  field: Field;
  /** How a variable stands in the text; `reading`: what it is read as. */
  write(name: string, reading?: string): string;
  /** Values can be read as what they are. */
  spoken?: boolean;
  onInsert(text: string): void;
};

/** Names of variables are chosen, not remembered; which there are is looked up when somebody asks. */
export function InsertVariable({ field, write, spoken = false, onInsert }: Props) {
  const { current } = useEditing();
  const [own, setOwn] = useState<readonly string[] | null>(null);
  const items: MenuProps['items'] = (own ? groupsOf(own, field) : []).map(({ label, variables }) => ({
    key: label,
    type: 'group',
    label,
    children: variables.map((variable) => ({
      key: write(variable.name),
      label: <Named {...variable} />,
      ...(spoken && !field.locals?.includes(variable.name) ? { children: readings(variable.name, write) } : {}),
    })),
  }));
  return (
    <Dropdown
      trigger={['click']}
      onOpenChange={(open) => open && setOwn(variablesOf(current()))}
      menu={{ items, className: 'insert-menu', onClick: ({ key }) => onInsert(key) }}
    >
      <Button size="small" icon={<FunctionOutlined />}>
        插入变量
      </Button>
    </Dropdown>
  );
}

const readings = (name: string, write: Props['write']) => [
  { key: write(name), label: '原样' },
  ...READINGS.map(({ value, label }) => ({ key: write(name, value), label })),
];

const Named = ({ name, label }: { name: string; label: string }) => (
  <span className="insert-name">
    {label}
    {label !== name && <code>{name}</code>}
  </span>
);
