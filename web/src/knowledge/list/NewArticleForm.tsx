import { type ArticleContent, articleContent } from '@rexian/contracts';
import { Form, Input } from 'antd';
import { useNavigate } from 'react-router';
import { useViewer } from '../../auth/viewer.ts';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { chosen, rule } from '../../forms/rule.ts';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { UnitSelect } from '../../units/UnitSelect.tsx';
import { useUnits } from '../../units/useUnits.ts';
import { libraryOf, PlaceSelect } from '../libraries/PlaceSelect.tsx';
import { useLibraries } from '../libraries/useLibraries.ts';
import { editorPath } from '../paths.ts';

interface Begun {
  unitId: string;
  categoryId?: string;
  title: string;
}

type Props = {
  /** The one that is being looked at. */
  categoryId: string | null;
  onClose(): void;
};

/** Begins an article, and opens it in the editor. */
export function NewArticleForm({ categoryId, onClose }: Props) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const [form] = Form.useForm<Begun>();
  const home = viewer.chosenCentre ?? viewer.centre;
  const unitId = Form.useWatch('unitId', form) ?? home.id;
  const { units } = useUnits();
  const unit = units.find(({ id }) => id === unitId) ?? home;
  const { data: libraries = [] } = useLibraries();
  const create = useChange({ run: client.knowledge.create, touches: [api.knowledge.key()] });
  const submit = ({ title, categoryId: category = '' }: Begun) => {
    const libraryId = libraryOf(libraries, category)?.id;
    if (!libraryId) return;
    create.mutate(
      { unitId, content: { ...empty, libraryId, categoryId: category, title } },
      { onSuccess: ({ id }) => void navigate(editorPath(id)) },
    );
  };
  return (
    <FormDrawer<Begun>
      title="新建知识"
      okText="新建并编写"
      form={form}
      initial={{ unitId: home.id, title: '', ...(categoryId ? { categoryId } : {}) }}
      busy={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="title" label="标题" rules={[rule(articleContent.shape.title)]}>
        <Input maxLength={100} placeholder="例如：纳税人如何更正增值税申报" autoComplete="off" />
      </Form.Item>
      <Form.Item name="categoryId" label="知识库与目录" rules={[chosen('请选择知识库和目录')]}>
        <PlaceSelect unitPath={unit.path} />
      </Form.Item>
      <Form.Item name="unitId" label="机构" extra="由该机构的知识运维人员维护。" rules={[chosen('请选择机构')]}>
        <UnitSelect />
      </Form.Item>
    </FormDrawer>
  );
}

const empty: Omit<ArticleContent, 'libraryId' | 'categoryId' | 'title'> = {
  summary: '',
  body: { type: 'doc', content: [{ type: 'paragraph' }] },
  tags: [],
  regions: [],
  ...{ validFrom: null, validTo: null, source: '', reviewOn: null },
  sharing: 'subtree',
  roleIds: [],
  fileIds: [],
};
