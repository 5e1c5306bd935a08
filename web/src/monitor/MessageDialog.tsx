import type { BoardAgent } from '@rexian/contracts';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';

const LONGEST = 500;

/** A message that appears on the agent's desk and has to be read there. */
export function MessageDialog({ agent, onClose }: { agent: BoardAgent; onClose(): void }) {
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const { id: personId, name } = agent.person;
  const send = async () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    try {
      await client.supervision.message({ personId, text });
      void message.success(`消息已发送给 ${name}`);
      onClose();
    } catch (error) {
      void message.error(errorText(error), 6);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={`发送消息给${name}`}
      okText="发送"
      cancelText="取消"
      okButtonProps={{ disabled: !text.trim(), loading: busy }}
      onOk={send}
      onCancel={onClose}
      afterOpenChange={(open) => open && document.getElementById('leader-message')?.focus()}
    >
      <Input.TextArea
        id="leader-message"
        className="message-text"
        aria-label="消息内容"
        placeholder="将立即显示在坐席工作台上，Ctrl+Enter 发送"
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={LONGEST}
        showCount
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) void send();
        }}
      />
    </Modal>
  );
}
