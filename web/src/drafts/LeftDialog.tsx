import { Button, Modal, type ModalProps } from 'antd';
import type { ReactNode } from 'react';
import { dateTime } from '../platform/format.ts';

type Props = Pick<ModalProps, 'width' | 'centered'> & {
  /** When it was typed. */
  at: Date;
  children: ReactNode;
  onDrop(): void;
  onRestore(): void;
};

/** Offers what could not be saved the last time; it has to be decided. */
export function LeftDialog({ at, children, onDrop, onRestore, ...props }: Props) {
  return (
    <Modal
      open
      title={`有未保存的修改（${dateTime(at)}）`}
      mask={{ closable: false }}
      closable={false}
      keyboard={false}
      footer={
        <>
          <Button danger onClick={onDrop}>
            丢弃
          </Button>
          <Button type="primary" onClick={onRestore}>
            恢复修改
          </Button>
        </>
      }
      {...props}
    >
      {children}
    </Modal>
  );
}

export const LEFT_TOLD = '上次离开时以下修改未能保存到服务器，已保留在本机。';
