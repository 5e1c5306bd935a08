import { type FeedbackKind, feedbackKind, requiredText } from '@rexian/contracts';
import { Form, Input, Radio } from 'antd';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { chosen, rule } from '../../forms/rule.ts';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { worded } from '../../platform/worded.ts';

type Props = {
  article: { id: string; title: string };
  /** The call that it was found in. */
  contactId?: string;
  onClose(): void;
};

interface Said {
  kind: FeedbackKind;
  text: string;
}

/** What an agent found wrong in an article; its editors are told. */
export function FeedbackForm({ article: { id, title }, contactId, onClose }: Props) {
  const give = useChange({
    run: client.knowledgeFeedback.give,
    touches: [api.knowledgeFeedback.key()],
    done: '已反馈给知识运维人员，处理后将通知你',
  });
  return (
    <FormDrawer<Said>
      title={`反馈“${title}”`}
      okText="提交反馈"
      initial={{ text: '' }}
      busy={give.isPending}
      error={give.error}
      onSubmit={(said) =>
        give.mutate({ articleId: id, ...said, ...(contactId ? { contactId } : {}) }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <Form.Item name="kind" label="问题" rules={[chosen('请选择问题类型')]}>
        <Radio.Group options={worded(feedbackKind)} />
      </Form.Item>
      <Form.Item name="text" label="说明" rules={[rule(requiredText(500, '请说明问题'))]}>
        <Input.TextArea
          maxLength={500}
          showCount
          autoSize={{ minRows: 4, maxRows: 12 }}
          placeholder="哪里不对，应当是什么，依据是什么"
        />
      </Form.Item>
    </FormDrawer>
  );
}
