import {
  categoryCode,
  categoryName,
  type ManagedCategory,
  type WorkOrderKind,
  type WorkOrderUrgency,
  workOrderKind,
  workOrderUrgency,
} from '@rexian/contracts';
import { Form, Input, Select, TreeSelect } from 'antd';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { optional, rule } from '../forms/rule.ts';
import { worded } from '../platform/worded.ts';
import { type CategoryNode, forestOf, withinOf } from './forest.ts';
import { useChangeCategory, useCreateCategory, useMoveCategory } from './useCategoryChanges.ts';

interface Facts {
  name: string;
  code?: string;
  orderKind?: WorkOrderKind;
  urgency?: WorkOrderUrgency;
}

const factsOf = ({ name, code, orderKind, urgency }: Facts) => ({
  name,
  code: code || null,
  orderKind: orderKind ?? null,
  urgency: urgency ?? null,
});

function FactFields() {
  return (
    <>
      <Form.Item name="name" label="名称" rules={[rule(categoryName)]}>
        <Input maxLength={30} placeholder="例如：纳税申报" />
      </Form.Item>
      <Form.Item name="code" label="编码" extra="与其他系统对应时填写，可作为搜索词。" rules={[optional(categoryCode)]}>
        <Input maxLength={20} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="orderKind" label="默认工单类型">
        <Select allowClear placeholder="登记时选择" options={worded(workOrderKind)} />
      </Form.Item>
      <Form.Item name="urgency" label="默认紧急程度">
        <Select allowClear placeholder="登记时选择" options={worded(workOrderUrgency)} />
      </Form.Item>
    </>
  );
}

type NewProps = { unitId: string; parent: ManagedCategory | null; onClose(): void };

export function NewCategoryForm({ unitId, parent, onClose }: NewProps) {
  const create = useCreateCategory();
  return (
    <FormDrawer<Facts>
      title={parent ? `在“${parent.name}”下新增类别` : '新增一级类别'}
      initial={parent?.orderKind ? { orderKind: parent.orderKind } : {}}
      busy={create.isPending}
      error={create.error}
      onSubmit={(facts) =>
        create.mutate({ unitId, parentId: parent?.id ?? null, ...factsOf(facts) }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <FactFields />
    </FormDrawer>
  );
}

export function ChangeCategoryForm({ category, onClose }: { category: ManagedCategory; onClose(): void }) {
  const change = useChangeCategory();
  const { id, active, name, code, orderKind, urgency } = category;
  return (
    <FormDrawer<Facts>
      title={`修改“${name}”`}
      initial={{
        name,
        ...(code ? { code } : {}),
        ...(orderKind ? { orderKind } : {}),
        ...(urgency ? { urgency } : {}),
      }}
      busy={change.isPending}
      error={change.error}
      onSubmit={(facts) => change.mutate({ id, active, ...factsOf(facts) }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <FactFields />
    </FormDrawer>
  );
}

/** What stands for no category above. */
const TOP = 'top';

type MoveProps = { category: ManagedCategory; rows: readonly ManagedCategory[]; onClose(): void };

/** With everything below it, to any place that is not below itself. */
export function MoveCategoryForm({ category, rows, onClose }: MoveProps) {
  const move = useMoveCategory();
  const moving = withinOf(rows, category.id);
  const choice = ({ id, name, children }: CategoryNode): object => ({
    value: id,
    title: name,
    disabled: moving.has(id) || id === category.parentId,
    children: children?.map(choice),
  });
  return (
    <FormDrawer<{ parentId: string }>
      title={`移动“${category.name}”`}
      okText="移动"
      initial={{}}
      busy={move.isPending}
      error={move.error}
      onSubmit={({ parentId }) =>
        move.mutate(
          { id: category.id, parentId: parentId === TOP ? null : parentId, before: null },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <Form.Item
        name="parentId"
        label="新的上级类别"
        extra={moving.size > 1 ? `其下 ${moving.size - 1} 个类别一起移动。` : undefined}
        rules={[{ required: true, message: '请选择新的上级类别' }]}
      >
        <TreeSelect
          treeDefaultExpandAll
          showSearch={{ treeNodeFilterProp: 'title' }}
          placeholder="请选择"
          treeData={[
            { value: TOP, title: '（一级类别）', disabled: category.parentId === null },
            ...forestOf(rows).map(choice),
          ]}
        />
      </Form.Item>
    </FormDrawer>
  );
}
