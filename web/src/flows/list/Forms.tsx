import { FLOW_FILE_MAX_BYTES, flowName } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Form, Radio, Space, Upload } from 'antd';
import { useNavigate } from 'react-router';
import { useViewer } from '../../auth/viewer.ts';
import { NameField } from '../../drafts/RenameForm.tsx';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { chosen } from '../../forms/rule.ts';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { UnitSelect } from '../../units/UnitSelect.tsx';
import { nameInFile } from './nameInFile.ts';
import '../../drafts/lists.css';

const touches = [api.flows.list.key()];

function UnitField() {
  return (
    <Form.Item name="unitId" label="机构" extra="下级机构也可使用。" rules={[chosen('请选择机构')]}>
      <UnitSelect />
    </Form.Item>
  );
}

type NewFlow = { name: string; unitId: string; template: string };
const BLANK = '';

/** Begins a flow, and opens it in the editor. */
export function NewFlowForm({ onClose }: { onClose(): void }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const templates = useQuery(api.flows.templates.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const create = useChange({ run: client.flows.create, touches });
  const submit = ({ template, ...flow }: NewFlow) =>
    create.mutate(
      { ...flow, template: template === BLANK ? null : template },
      { onSuccess: ({ id }) => void navigate(`/flows/${id}`) },
    );
  return (
    <FormDrawer<NewFlow>
      title="新建流程"
      okText="新建并编辑"
      initial={{ unitId: viewer.centre.id, template: 'branch' }}
      busy={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField nameRule={flowName} />
      <UnitField />
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
            <Radio value={BLANK}>
              空白流程
              <p className="muted">只有欢迎词和挂机</p>
            </Radio>
          </Space>
        </Radio.Group>
      </Form.Item>
    </FormDrawer>
  );
}

type ImportedFlow = { name: string; unitId: string; file: { originFileObj: File }[] };

/** A file that this platform, here or elsewhere, has exported; it becomes a draft. */
export function ImportFlowForm({ onClose }: { onClose(): void }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const [form] = Form.useForm<ImportedFlow>();
  const load = useChange({ run: client.flows.importFile, touches });
  const submit = ({ name, unitId, file: [first] }: ImportedFlow) => {
    if (!first) return;
    const file = new File([first.originFileObj], first.originFileObj.name);
    load.mutate({ name, unitId, file }, { onSuccess: ({ id }) => void navigate(`/flows/${id}`) });
  };
  const propose = async (file: File) => {
    const name = file.size > FLOW_FILE_MAX_BYTES ? null : nameInFile(await file.text());
    if (name && !form.isFieldTouched('name')) form.setFieldValue('name', name);
  };
  return (
    <FormDrawer<ImportedFlow>
      title="导入流程"
      okText="导入并编辑"
      form={form}
      initial={{ unitId: viewer.centre.id }}
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
        <Upload.Dragger
          accept=".json,application/json"
          beforeUpload={(file) => {
            void propose(file);
            return false;
          }}
        >
          点击选择由本平台导出的流程文件，或拖到这里
        </Upload.Dragger>
      </Form.Item>
      <NameField nameRule={flowName} />
      <UnitField />
    </FormDrawer>
  );
}
