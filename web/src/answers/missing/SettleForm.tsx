import { type MissingWord, requiredText } from '@rexian/contracts';
import { Button, Form, Input } from 'antd';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { rule } from '../../forms/rule.ts';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';

/** What is mostly done about a word that wasn't found. */
const usual = ['已新增问答', '已补充问法', '已加入专题词库', '不属于税费业务'];

export function SettleForm({ word: { id, text, times }, onClose }: { word: MissingWord; onClose(): void }) {
  const [form] = Form.useForm<{ note: string }>();
  const settle = useChange({
    run: client.knowledgeMissing.settle,
    touches: [api.knowledgeMissing.key()],
    done: '已处理',
  });
  return (
    <FormDrawer<{ note: string }>
      title="处理未命中问题"
      form={form}
      initial={{ note: '' }}
      busy={settle.isPending}
      error={settle.error}
      onSubmit={({ note }) => settle.mutate({ id, note }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        “{text}”，检索 {times} 次未找到
      </p>
      <Form.Item
        name="note"
        label="处理情况"
        extra={usual.map((each) => (
          <Button key={each} type="link" size="small" onClick={() => form.setFieldValue('note', each)}>
            {each}
          </Button>
        ))}
        rules={[rule(requiredText(200, '请填写处理情况'))]}
      >
        <Input.TextArea maxLength={200} showCount autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </FormDrawer>
  );
}
