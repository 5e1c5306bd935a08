import {
  WORKFLOW_FILE_MAX_BYTES,
  type WorkflowSummary,
  type WorkOrderKind,
  workflowName,
  workOrderKind,
} from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { App, Form, Radio, Select, Space, Upload } from 'antd';
import { useNavigate } from 'react-router';
import { useViewer } from '../../auth/viewer.ts';
import { CategoriesSelect } from '../../categories/CategoriesSelect.tsx';
import { NameField } from '../../drafts/RenameForm.tsx';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { chosen } from '../../forms/rule.ts';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { UnitSelect } from '../../units/UnitSelect.tsx';
import { KIND_CHOICES } from './kindChoices.ts';
import '../../drafts/lists.css';

const touches = [api.workflows.list.key()];
const FIRST: WorkOrderKind = 'consultation';

function Fields() {
  const form = Form.useFormInstance();
  return (
    <>
      <NameField nameRule={workflowName} />
      <Form.Item name="unitId" label="机构" extra="下级机构没有自己的流程时也按此办理。" rules={[chosen('请选择机构')]}>
        <UnitSelect onChange={() => form.setFieldValue('categoryIds', [])} />
      </Form.Item>
      <Form.Item noStyle dependencies={['unitId']}>
        {({ getFieldValue }) => <CategoriesField unitId={getFieldValue('unitId') ?? null} />}
      </Form.Item>
    </>
  );
}

function CategoriesField({ unitId }: { unitId: string | null }) {
  return (
    <Form.Item
      name="categoryIds"
      label="适用类别"
      extra="含其下级类别；同时有多个流程适用时，类别最接近的优先，其次本机构优先于上级机构。"
    >
      <CategoriesSelect unitId={unitId} placeholder="该类型的全部工单" />
    </Form.Item>
  );
}

function KindField() {
  return (
    <Form.Item
      name="kind"
      label="工单类型"
      extra="每个机构每种类型一个流程，其中的业务类别可另有流程。"
      rules={[chosen('请选择工单类型')]}
    >
      <Select options={KIND_CHOICES} />
    </Form.Item>
  );
}

type Created = Parameters<typeof client.workflows.create>[0];
const nameOf = (kind: WorkOrderKind) => `${workOrderKind.labels[kind]}流程`;

/** Begins a workflow, and opens it in the editor. */
export function NewWorkflowForm({ onClose }: { onClose(): void }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const [form] = Form.useForm<Created>();
  const templates = useQuery(api.workflows.templates.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const create = useChange({ run: client.workflows.create, touches });
  // A kind brings its template and its name along, as long as nobody has chosen others.
  const follow = ({ kind }: Partial<Created>) => {
    if (!kind) return;
    if (!form.isFieldTouched('name')) form.setFieldValue('name', nameOf(kind));
    if (!form.isFieldTouched('template')) form.setFieldValue('template', kind);
  };
  return (
    <FormDrawer<Created>
      title="新建工单流程"
      okText="新建并编辑"
      form={form}
      initial={{ unitId: viewer.centre.id, kind: FIRST, name: nameOf(FIRST), template: FIRST, categoryIds: [] }}
      busy={create.isPending}
      error={create.error}
      onValuesChange={follow}
      onSubmit={(made) => create.mutate(made, { onSuccess: ({ id }) => void navigate(`/workflows/${id}`) })}
      onClose={onClose}
    >
      <KindField />
      <Fields />
      {templates.error && <Failed error={templates.error} retry={templates.refetch} />}
      <Form.Item name="template" label="模板">
        <Radio.Group className="draft-templates">
          <Space orientation="vertical">
            {templates.data?.map(({ id, title, help }) => (
              <Radio value={id} key={id}>
                {title}
                <p className="muted">{help}</p>
              </Radio>
            ))}
          </Space>
        </Radio.Group>
      </Form.Item>
    </FormDrawer>
  );
}

type Changed = Pick<Created, 'name'> & { categoryIds: string[] };

/** What it is called, and which orders it is for. */
export function ChangeWorkflowForm({ workflow, onClose }: { workflow: WorkflowSummary; onClose(): void }) {
  const { id, name, unit, categories } = workflow;
  const change = useChange({
    run: client.workflows.change,
    touches: [api.workflows.key()],
    done: '已保存，新工单立即适用',
  });
  return (
    <FormDrawer<Changed>
      title={`设置“${name}”`}
      initial={{ name, categoryIds: categories.map((category) => category.id) }}
      busy={change.isPending}
      error={change.error}
      onSubmit={(changed) => change.mutate({ id, ...changed }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <NameField nameRule={workflowName} />
      <CategoriesField unitId={unit.id} />
    </FormDrawer>
  );
}

type Imported = Omit<Created, 'template'> & { file: { originFileObj: File }[] };

/** A BPMN file of this platform or another tool; it becomes a draft. */
export function ImportWorkflowForm({ onClose }: { onClose(): void }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Imported>();
  const load = useChange({ run: client.workflows.importFile, touches });
  const submit = ({ file: [first], ...workflow }: Imported) => {
    if (!first) return;
    const file = new File([first.originFileObj], first.originFileObj.name);
    load.mutate({ ...workflow, file }, { onSuccess: ({ id }) => void navigate(`/workflows/${id}`) });
  };
  const propose = ({ name, size }: File) => {
    if (size > WORKFLOW_FILE_MAX_BYTES) void message.error('文件超过 2 MB');
    if (!form.isFieldTouched('name')) form.setFieldValue('name', name.replace(/\.[^.]*$/, '').slice(0, 60));
    return false;
  };
  return (
    <FormDrawer<Imported>
      title="导入工单流程"
      okText="导入并编辑"
      form={form}
      initial={{ unitId: viewer.centre.id, kind: FIRST, categoryIds: [] }}
      busy={load.isPending}
      error={load.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="file"
        label="流程文件"
        valuePropName="fileList"
        getValueFromEvent={({ fileList }: { fileList: unknown[] }) => fileList.slice(-1)}
        rules={[chosen('请选择文件')]}
      >
        <Upload.Dragger accept=".bpmn,.xml,application/xml" beforeUpload={propose}>
          点击选择 BPMN 2.0 文件，或拖到这里
        </Upload.Dragger>
      </Form.Item>
      <KindField />
      <Fields />
    </FormDrawer>
  );
}
