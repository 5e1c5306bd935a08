import type { QueryKey } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useCallback } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { errorText } from '../platform/errors.ts';
import { UnitsSelect } from '../units/UnitSelect.tsx';
import './lists.css';

export type Target = { unitIds: string[]; name: string };
export interface Copied {
  id: string;
  unit: { name: string };
  name: string;
  /** What somebody has to choose there, in a sentence; null: nothing. */
  missing: string | null;
}

type Props = {
  name: string;
  nameRule: z.ZodType;
  note: string;
  /** Where editors open: below it the ids. */
  path: '/flows' | '/workflows';
  run(target: Target): Promise<Copied[]>;
  touches: readonly QueryKey[];
  onClose(): void;
};

/** Gives a document to other centres as drafts, and tells what these don't have. */
export function CopyDialog({ name, nameRule, note, path, run, touches, onClose }: Props) {
  const [form] = Form.useForm<Target>();
  const copy = useChange({ run, touches });
  const done = copy.data;
  const refuse = useCallback(({ active }: { active: boolean }) => !active, []);
  const footer = done ? (
    <Button type="primary" onClick={onClose}>
      完成
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>取消</Button>
      <Button type="primary" loading={copy.isPending} onClick={form.submit}>
        复制
      </Button>
    </>
  );
  return (
    <Modal open title={`复制“${name}”`} width={620} onCancel={onClose} footer={footer}>
      {done ? (
        <ul className="draft-copies">
          {done.map((made) => (
            <li key={made.id}>
              {made.unit.name}：<Link to={`${path}/${made.id}`}>{made.name}</Link>
              {made.missing !== null && <p className="draft-missing">{made.missing}</p>}
            </li>
          ))}
        </ul>
      ) : (
        <Form<Target>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ unitIds: [], name }}
          onFinish={(target) => copy.mutate(target)}
        >
          <Form.Item name="unitIds" label="复制到" rules={[chosen('请选择机构')]}>
            <UnitsSelect refuse={refuse} />
          </Form.Item>
          <Form.Item name="name" label="名称" rules={[rule(nameRule)]}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <p className="form-note">{note}</p>
          {copy.error && <Alert type="error" showIcon title={errorText(copy.error)} />}
        </Form>
      )}
    </Modal>
  );
}
