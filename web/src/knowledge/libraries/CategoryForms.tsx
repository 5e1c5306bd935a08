import { type KnowledgeCategory, type KnowledgeLibrary, requiredText } from '@rexian/contracts';
import { Form, Input, TreeSelect } from 'antd';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { chosen, rule } from '../../forms/rule.ts';
import { type CategoryNode, forestOf, withinOf } from './forest.ts';
import { useChangeCategory, useCreateCategory, useMoveCategory } from './useLibraryChanges.ts';

const NameField = () => (
  <Form.Item
    name="name"
    label="名称"
    rules={[rule(requiredText(30, '请输入目录名称')), { pattern: /^[^/]*$/, message: '名称不能包含“/”' }]}
  >
    <Input maxLength={30} placeholder="例如：发票管理" autoComplete="off" />
  </Form.Item>
);

type NewProps = { library: KnowledgeLibrary; parent: KnowledgeCategory | null; onClose(): void };

export function NewCategoryForm({ library, parent, onClose }: NewProps) {
  const create = useCreateCategory();
  return (
    <FormDrawer<{ name: string }>
      title={parent ? `在“${parent.name}”下新增目录` : `在“${library.name}”新增一级目录`}
      initial={{ name: '' }}
      busy={create.isPending}
      error={create.error}
      onSubmit={({ name }) =>
        create.mutate({ libraryId: library.id, parentId: parent?.id ?? null, name }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <NameField />
    </FormDrawer>
  );
}

export function RenameCategoryForm({ category, onClose }: { category: KnowledgeCategory; onClose(): void }) {
  const change = useChangeCategory();
  const { id, name, enabled } = category;
  return (
    <FormDrawer<{ name: string }>
      title={`修改“${name}”`}
      initial={{ name }}
      busy={change.isPending}
      error={change.error}
      onSubmit={(facts) => change.mutate({ id, enabled, ...facts }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <NameField />
    </FormDrawer>
  );
}

/** What stands for no category above. */
const TOP = 'top';

type MoveProps = { library: KnowledgeLibrary; category: KnowledgeCategory; onClose(): void };

/** With everything below it, to any place of its library that is not below itself. */
export function MoveCategoryForm({ library, category, onClose }: MoveProps) {
  const move = useMoveCategory();
  const moving = withinOf(library.categories, category.id);
  const choice = ({ id, name, children }: CategoryNode): object => ({
    value: id,
    title: name,
    disabled: moving.has(id) || id === category.parentId,
    children: children.map(choice),
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
        label="新的上级目录"
        extra={moving.size > 1 ? `其下 ${moving.size - 1} 个目录一起移动，知识随目录移动。` : '知识随目录移动。'}
        rules={[chosen('请选择新的上级目录')]}
      >
        <TreeSelect
          treeDefaultExpandAll
          showSearch={{ treeNodeFilterProp: 'title' }}
          placeholder="请选择"
          treeData={[
            { value: TOP, title: '（一级目录）', disabled: category.parentId === null },
            ...forestOf(library.categories).map(choice),
          ]}
        />
      </Form.Item>
    </FormDrawer>
  );
}
