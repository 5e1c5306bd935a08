import { type ThesaurusFacts, type ThesaurusTerm, thesaurusFacts } from '@rexian/contracts';
import { Form, Input, Select, Switch } from 'antd';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { rule } from '../../forms/rule.ts';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { useOwnUnit } from '../places.ts';

type Props = { term: ThesaurusTerm | null; onClose(): void };

const { shape } = thesaurusFacts;

/** One term with its synonyms; null: a new one of the viewer's unit. */
export function TermForm({ term, onClose }: Props) {
  const unit = useOwnUnit();
  const save = useChange({
    run: (facts: ThesaurusFacts) =>
      term
        ? client.thesaurus.change({ id: term.id, ...facts })
        : client.thesaurus.create({ unitId: unit.id, ...facts }),
    ...{ touches: [api.thesaurus.key()], done: ({ term: name }: ThesaurusTerm) => `已保存“${name}”` },
  });
  return (
    <FormDrawer<ThesaurusFacts>
      title={term ? `修改词条“${term.term}”` : '新增词条'}
      initial={term ?? { enabled: true, synonyms: [] }}
      busy={save.isPending}
      error={save.error}
      onSubmit={({ term: name, synonyms, enabled }) =>
        save.mutate({ term: name, synonyms, enabled }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <Form.Item name="term" label="术语" extra="文件里的规范写法。" rules={[rule(shape.term)]}>
        <Input maxLength={40} placeholder="例如：增值税留抵退税" />
      </Form.Item>
      <Form.Item
        name="synonyms"
        label="同义词"
        extra="简称、口语、旧称；输入后按回车，可一次粘贴多个。"
        rules={[rule(shape.synonyms)]}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={['、', '，', ',', '；', ';', '\n']}
          placeholder="例如：留抵退税、退留抵"
          maxCount={60}
        />
      </Form.Item>
      <Form.Item name="enabled" label="启用" valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}
