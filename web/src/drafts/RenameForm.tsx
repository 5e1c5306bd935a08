import type { QueryKey } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import type { z } from 'zod';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';

export function NameField({ nameRule }: { nameRule: z.ZodType }) {
  return (
    <Form.Item name="name" label="名称" rules={[rule(nameRule)]}>
      <Input maxLength={60} autoComplete="off" />
    </Form.Item>
  );
}

type Props = {
  name: string;
  nameRule: z.ZodType;
  run(name: string): Promise<unknown>;
  touches: readonly QueryKey[];
  onClose(): void;
};

export function RenameForm({ name: before, nameRule, run, touches, onClose }: Props) {
  const rename = useChange({ run, touches, done: '已重命名' });
  return (
    <FormDrawer<{ name: string }>
      title={`重命名“${before}”`}
      initial={{ name: before }}
      busy={rename.isPending}
      error={rename.error}
      onSubmit={({ name }) => rename.mutate(name, { onSuccess: onClose })}
      onClose={onClose}
    >
      <NameField nameRule={nameRule} />
    </FormDrawer>
  );
}
