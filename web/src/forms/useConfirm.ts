import { App } from 'antd';
import type { ReactNode } from 'react';

export interface Question {
  /** Names the thing: 删除机构“青秀区税务局”？ */
  title: string;
  content?: ReactNode;
  okText: string;
  run(): Promise<unknown>;
}

/** Asks before what can't be taken back. */
export function useConfirm(): (question: Question) => void {
  const { modal } = App.useApp();
  return ({ title, content, okText, run }) =>
    void modal.confirm({ title, content, okText, cancelText: '取消', okButtonProps: { danger: true }, onOk: run });
}
