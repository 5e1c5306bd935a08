import { agentNumberDigits, login, type Person, requiredText } from '@rexian/contracts';
import { Form, Input, Switch } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, optional, rule } from '../forms/rule.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import type { ShownPassword } from './PasswordShown.tsx';
import { useChangePerson, useCreatePerson } from './usePersonChanges.ts';

type Facts = { name: string; unitId: string; agentNumber?: string };

/** An empty field is no agent number. */
const agentNumberOf = (typed: string | undefined) => typed?.trim() || null;

function FactFields() {
  return (
    <>
      <Form.Item name="name" label="姓名" rules={[rule(requiredText(40, '请输入姓名'))]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="unitId" label="所属机构" rules={[chosen('请选择所属机构')]}>
        <UnitSelect placeholder="请选择" />
      </Form.Item>
      <Form.Item
        name="agentNumber"
        label="坐席号（选填）"
        extra="接听电话的人员须有坐席号，3 到 8 位数字，全平台不重复。"
        rules={[optional(agentNumberDigits)]}
      >
        <Input maxLength={8} inputMode="numeric" autoComplete="off" />
      </Form.Item>
    </>
  );
}

type NewProps = { unitId?: string; onClose(): void; onCreated(person: Person, shown: ShownPassword): void };

export function NewPersonForm({ unitId, onClose, onCreated }: NewProps) {
  const viewer = useViewer();
  const create = useCreatePerson();
  return (
    <FormDrawer<Facts & { login: string }>
      title="新增人员"
      initial={{ unitId: unitId ?? viewer.unit.id }}
      busy={create.isPending}
      error={create.error}
      onSubmit={(facts) =>
        create.mutate(
          { ...facts, agentNumber: agentNumberOf(facts.agentNumber) },
          {
            onSuccess: ({ person, temporaryPassword }) =>
              onCreated(person, { name: person.name, login: person.login, password: temporaryPassword }),
          },
        )
      }
      onClose={onClose}
    >
      <Form.Item name="login" label="工号" extra="登录用，保存后不能修改。" rules={[rule(login)]}>
        <Input maxLength={32} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <FactFields />
      <p className="form-note">保存后显示临时密码，接着分配角色。</p>
    </FormDrawer>
  );
}

export function ChangePersonForm({ person, onClose }: { person: Person; onClose(): void }) {
  const change = useChangePerson();
  const { id, name, unit, agentNumber, active } = person;
  return (
    <FormDrawer<Facts & { active: boolean }>
      title={`修改“${name}”（工号 ${person.login}）`}
      initial={{ name, unitId: unit.id, active, ...(agentNumber ? { agentNumber } : {}) }}
      busy={change.isPending}
      error={change.error}
      onSubmit={(facts) =>
        change.mutate({ ...facts, id, agentNumber: agentNumberOf(facts.agentNumber) }, { onSuccess: () => onClose() })
      }
      onClose={onClose}
    >
      <FactFields />
      <Form.Item name="active" label="启用" valuePropName="checked" extra="停用后立即退出所有登录，不能再登录。">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}
