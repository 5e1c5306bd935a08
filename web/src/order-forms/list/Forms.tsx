import {
  type OrderFormSummary,
  orderFormName,
  orderFormTemplates,
  type WorkOrderKind,
  workOrderKind,
} from '@rexian/contracts';
import { Form, Select } from 'antd';
import { useNavigate } from 'react-router';
import { useViewer } from '../../auth/viewer.ts';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { chosen } from '../../forms/rule.ts';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { UnitSelect, UnitsSelect } from '../../units/UnitSelect.tsx';
import { newField } from '../editor/fields.ts';
import { FORM_KINDS, type FormKind, kindOf, kindWord } from '../kinds.ts';

const touches = [api.orderForms.list.key()];
const BLANK = 'blank';
type Template = WorkOrderKind | typeof BLANK;

const ready = workOrderKind.values.filter((kind) => orderFormTemplates[kind]);
const TEMPLATES: { value: Template; label: string }[] = [
  { value: BLANK, label: '空白' },
  ...ready.map((value) => ({ value, label: workOrderKind.labels[value] })),
];
const fieldsOf = (template: Template) => [
  ...((template !== BLANK && orderFormTemplates[template]) || [newField('textarea', [])]),
];

interface Created {
  unitId: string;
  kind: FormKind;
  template: Template;
}

/** Begins a form, and opens it in the designer. */
export function NewFormForm({ onClose }: { onClose(): void }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const [form] = Form.useForm<Created>();
  const create = useChange({ run: client.orderForms.create, touches });
  // A kind brings its template along, as long as nobody has chosen another.
  const follow = ({ kind }: Partial<Created>) => {
    if (!kind || form.isFieldTouched('template')) return;
    form.setFieldValue('template', ready.find((each) => each === kind) ?? BLANK);
  };
  const submit = ({ unitId, kind, template }: Created) =>
    create.mutate(
      { unitId, kind: kindOf(kind), fields: fieldsOf(template) },
      { onSuccess: ({ id }) => void navigate(`/order-forms/${id}`) },
    );
  return (
    <FormDrawer<Created>
      title="新建登记表单"
      okText="新建并编辑"
      form={form}
      initial={{ unitId: viewer.centre.id, kind: 'complaint', template: 'complaint' }}
      busy={create.isPending}
      error={create.error}
      onValuesChange={follow}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="kind"
        label="工单类型"
        extra="每个机构每种类型一个表单；没有专用表单的类型使用“全部类型”的表单。"
        rules={[chosen('请选择工单类型')]}
      >
        <Select options={FORM_KINDS} />
      </Form.Item>
      <Form.Item name="unitId" label="机构" extra="下级机构没有自己的表单时也使用它。" rules={[chosen('请选择机构')]}>
        <UnitSelect />
      </Form.Item>
      <Form.Item name="template" label="模板">
        <Select options={TEMPLATES} />
      </Form.Item>
    </FormDrawer>
  );
}

/** Gives a form to other units, where it lives on by itself. */
export function CopyFormForm({ form, onClose }: { form: OrderFormSummary; onClose(): void }) {
  const copy = useChange({
    run: client.orderForms.copy,
    touches,
    done: (copies) => `已复制到 ${copies.length} 个机构`,
  });
  return (
    <FormDrawer<{ unitIds: string[] }>
      title={`复制${form.unit.name}的${orderFormName(form.kind)}`}
      okText="复制"
      initial={{ unitIds: [] }}
      busy={copy.isPending}
      error={copy.error}
      onSubmit={({ unitIds }) => copy.mutate({ id: form.id, unitIds }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item
        name="unitIds"
        label="复制到"
        extra={`复制后立即用于这些机构的“${kindWord(form.kind)}”工单，之后各自修改、互不影响。`}
        rules={[chosen('请选择机构')]}
      >
        <UnitsSelect />
      </Form.Item>
    </FormDrawer>
  );
}
