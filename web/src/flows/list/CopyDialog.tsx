import { type FlowSummary, flowName } from '@rexian/contracts';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useCallback } from 'react';
import { Link } from 'react-router';
import { chosen, rule } from '../../forms/rule.ts';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { UnitsSelect } from '../../units/UnitSelect.tsx';

type Target = { unitIds: string[]; name: string };

/** Gives a flow to other centres as drafts, and tells what these don't have. */
export function CopyDialog({ flow, onClose }: { flow: FlowSummary; onClose(): void }) {
  const [form] = Form.useForm<Target>();
  const copy = useChange({ run: client.flows.copy, touches: [api.flows.list.key()] });
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
    <Modal open title={`复制“${flow.name}”`} width={620} onCancel={onClose} footer={footer}>
      {done ? (
        <ul className="flow-copies">
          {done.map(({ flow: made, missing }) => (
            <li key={made.id}>
              {made.unit.name}：<Link to={`/flows/${made.id}`}>{made.name}</Link>
              {missing.length > 0 && (
                <p className="flow-missing">该机构没有{missing.join('、')}，请在草稿中重新选择后发布</p>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Form<Target>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ unitIds: [], name: flow.name }}
          onFinish={(target) => copy.mutate({ id: flow.id, ...target })}
        >
          <Form.Item name="unitIds" label="复制到" rules={[chosen('请选择机构')]}>
            <UnitsSelect refuse={refuse} />
          </Form.Item>
          <Form.Item name="name" label="名称" rules={[rule(flowName)]}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <p className="form-note">复制为草稿，发布后才生效；技能组和子流程按名称对应到所选机构。</p>
          {copy.error && <Alert type="error" showIcon title={errorText(copy.error)} />}
        </Form>
      )}
    </Modal>
  );
}
