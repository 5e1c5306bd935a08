import type { OrderDetail } from '@rexian/contracts';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { PeopleField } from '../targets/PeopleField.tsx';
import { useStep } from '../work/useStep.ts';

/** 评论: said beside the way of the order; who is named is told. */
export function Comments({ order: { id } }: { order: OrderDetail }) {
  const [text, setText] = useState('');
  const [mentions, setMentions] = useState<string[]>([]);
  const comment = useStep({ run: client.orderSteps.comment, done: '已评论' });
  const send = async () => {
    if (!(await comment.take({ id, text, mentions }))) return;
    setText('');
    setMentions([]);
  };
  return (
    <section className="panel">
      <h2>评论</h2>
      <div className="panel-body order-comment">
        <Input.TextArea
          aria-label="评论"
          placeholder="写给看到该工单的同事，不影响流转"
          maxLength={1000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <PeopleField
          label="提醒人员"
          placeholder="@ 提醒同事，可按姓名或工号查找"
          value={mentions}
          onChange={setMentions}
        />
        {comment.error && <Alert type="error" showIcon role="alert" title={errorText(comment.error)} />}
        <Button disabled={text.trim() === ''} loading={comment.isPending} onClick={() => void send()}>
          发表评论
        </Button>
      </div>
    </section>
  );
}
