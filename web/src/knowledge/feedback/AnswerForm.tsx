import { type Feedback, feedbackKind, requiredText } from '@rexian/contracts';
import { Form, Input, Radio } from 'antd';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { chosen, rule } from '../../forms/rule.ts';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';

const outcomes = [
  { value: 'done', label: '已处理' },
  { value: 'refused', label: '不采纳' },
] as const;

interface Answer {
  state: 'done' | 'refused';
  answer: string;
}

/** What was done about it, or why not; whoever reported it is told. */
export function AnswerForm({ feedback, onClose }: { feedback: Feedback; onClose(): void }) {
  const answer = useChange({
    run: client.knowledgeFeedback.answer,
    touches: [api.knowledgeFeedback.key(), api.knowledge.get.key()],
    done: '已答复反馈人',
  });
  const { id, kind, text, by, article } = feedback;
  return (
    <FormDrawer<Answer>
      title={`答复“${article.title}”的反馈`}
      okText="答复"
      initial={{ state: 'done', answer: '' }}
      busy={answer.isPending}
      error={answer.error}
      onSubmit={(said) => answer.mutate({ id, ...said }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <blockquote className="feedback-said">
        <b>{feedbackKind.labels[kind]}</b> {text} <span className="muted">{by}</span>
      </blockquote>
      <Form.Item name="state" label="结果" rules={[chosen('请选择结果')]}>
        <Radio.Group options={[...outcomes]} />
      </Form.Item>
      <Form.Item name="answer" label="答复" rules={[rule(requiredText(500, '请填写答复'))]}>
        <Input.TextArea maxLength={500} showCount autoSize={{ minRows: 4, maxRows: 12 }} />
      </Form.Item>
    </FormDrawer>
  );
}
