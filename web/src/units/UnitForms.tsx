import { requiredText, type Unit, type UnitKind, unitCode, unitKind } from '@rexian/contracts';
import { Alert, Form, Input, Select } from 'antd';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { within } from './tree.ts';
import { UnitSelect } from './UnitSelect.tsx';
import { useChangeUnit, useCreateUnit, useMoveUnit } from './useUnitChanges.ts';
import { useUnits } from './useUnits.ts';

type Facts = { name: string; code: string; kind: UnitKind };

const kinds = unitKind.values.map((value) => ({ value, label: unitKind.labels[value] }));

function FactFields() {
  return (
    <>
      <Form.Item name="name" label="名称" rules={[rule(requiredText(60, '请输入名称'))]}>
        <Input maxLength={60} placeholder="例如：青秀区税务局" />
      </Form.Item>
      <Form.Item name="kind" label="类型" rules={[chosen('请选择类型')]}>
        <Select options={kinds} />
      </Form.Item>
      <Form.Item
        name="code"
        label="编码"
        extra="导入导出和接口按编码认机构，例如 qingxiu；同一上级下不能重复，使用后尽量不改。"
        rules={[rule(unitCode)]}
      >
        <Input maxLength={40} autoComplete="off" spellCheck={false} />
      </Form.Item>
    </>
  );
}

export function NewUnitForm({ parent, onClose }: { parent: Unit; onClose(created?: Unit): void }) {
  const create = useCreateUnit();
  return (
    <FormDrawer<Facts>
      title={`在“${parent.name}”下新增机构`}
      initial={{ kind: parent.kind === 'centre' ? 'bureau' : 'department' }}
      busy={create.isPending}
      error={create.error}
      onSubmit={(facts) => create.mutate({ ...facts, parentId: parent.id }, { onSuccess: onClose })}
      onClose={() => onClose()}
    >
      <FactFields />
    </FormDrawer>
  );
}

export function ChangeUnitForm({ unit, onClose }: { unit: Unit; onClose(): void }) {
  const change = useChangeUnit();
  return (
    <FormDrawer<Facts>
      title={`修改“${unit.name}”`}
      initial={{ name: unit.name, code: unit.code, kind: unit.kind }}
      busy={change.isPending}
      error={change.error}
      onSubmit={(facts) =>
        change.mutate({ ...facts, id: unit.id, active: unit.active }, { onSuccess: () => onClose() })
      }
      onClose={onClose}
    >
      <FactFields />
    </FormDrawer>
  );
}

/** A unit moves with everything below it, to any place that is not itself below it. */
export function MoveUnitForm({ unit, onClose }: { unit: Unit; onClose(): void }) {
  const { units } = useUnits();
  const move = useMoveUnit();
  const moving = within(units, unit);
  const refused = new Set(moving.map(({ id }) => id));
  const refuse = (each: Unit) => refused.has(each.id) || each.id === unit.parentId || !each.can.addChild;
  const below = moving.length - 1;
  return (
    <FormDrawer<{ parentId: string }>
      title={`移动“${unit.name}”`}
      okText="移动"
      initial={{}}
      busy={move.isPending}
      error={move.error}
      onSubmit={({ parentId }) => move.mutate({ id: unit.id, parentId }, { onSuccess: () => onClose() })}
      onClose={onClose}
    >
      <Alert
        className="move-note"
        type="info"
        title={
          below === 0
            ? '移动 1 个机构（没有下级）'
            : `共移动 ${moving.length} 个机构：“${unit.name}”及其下级 ${below} 个`
        }
        description="其中的人员和号码一起移动；能看到它们的人随新上级改变。"
      />
      <Form.Item name="parentId" label="新的上级机构" rules={[chosen('请选择新的上级机构')]}>
        <UnitSelect placeholder="请选择" refuse={refuse} />
      </Form.Item>
    </FormDrawer>
  );
}
