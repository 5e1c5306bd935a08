import { type KnowledgeLibrary, requiredText } from '@rexian/contracts';
import { Form, Input, Radio, Switch } from 'antd';
import { useViewer } from '../../auth/viewer.ts';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { chosen, rule } from '../../forms/rule.ts';
import { UnitSelect } from '../../units/UnitSelect.tsx';
import { RolesSelect } from './RolesSelect.tsx';
import { useChangeLibrary, useCreateLibrary } from './useLibraryChanges.ts';

type Facts = Pick<KnowledgeLibrary, 'name' | 'enabled' | 'reviewSteps' | 'roleIds'>;

const steps = [
  { value: 1, label: '一级审核' },
  { value: 2, label: '初审、复审' },
];

function FactFields() {
  return (
    <>
      <Form.Item name="name" label="名称" rules={[rule(requiredText(30, '请输入知识库名称'))]}>
        <Input maxLength={30} placeholder="例如：政策法规" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="reviewSteps"
        label="审核"
        extra="编写人不能审核自己编写的知识；两级审核由两人进行。审核中的知识按提交时的要求。"
      >
        <Radio.Group options={steps} />
      </Form.Item>
      <Form.Item name="roleIds" label="可见角色" extra="不选则有知识查看权限的人员均可见。">
        <RolesSelect />
      </Form.Item>
      <Form.Item name="enabled" label="启用" valuePropName="checked" extra="停用后，坐席看不到其中的知识。">
        <Switch />
      </Form.Item>
    </>
  );
}

export function NewLibraryForm({ onClose }: { onClose(): void }) {
  const viewer = useViewer();
  const create = useCreateLibrary();
  return (
    <FormDrawer<Facts & { unitId: string }>
      title="新增知识库"
      initial={{
        unitId: (viewer.chosenCentre ?? viewer.centre).id,
        ...{ name: '', enabled: true, reviewSteps: 1, roleIds: [] },
      }}
      busy={create.isPending}
      error={create.error}
      onSubmit={(facts) => create.mutate(facts, { onSuccess: onClose })}
      onClose={onClose}
    >
      <FactFields />
      <Form.Item name="unitId" label="机构" extra="该机构及其下级使用。" rules={[chosen('请选择机构')]}>
        <UnitSelect />
      </Form.Item>
    </FormDrawer>
  );
}

export function ChangeLibraryForm({ library, onClose }: { library: KnowledgeLibrary; onClose(): void }) {
  const change = useChangeLibrary();
  const { id, name, enabled, reviewSteps, roleIds } = library;
  return (
    <FormDrawer<Facts>
      title={`修改“${name}”`}
      initial={{ name, enabled, reviewSteps, roleIds }}
      busy={change.isPending}
      error={change.error}
      onSubmit={(facts) => change.mutate({ id, ...facts }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <FactFields />
    </FormDrawer>
  );
}
