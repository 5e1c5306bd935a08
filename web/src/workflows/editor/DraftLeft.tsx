import { Button, Modal } from 'antd';
import { dateTime } from '../../platform/format.ts';
import type { Draft } from './useDraft.ts';

type Props = { draft: Draft; replace(xml: string): Promise<void> };

/** Offers what could not be saved the last time. */
export function DraftLeft({ draft: { left, forget }, replace }: Props) {
  if (!left) return null;
  return (
    <Modal
      open
      title={`有未保存的修改（${dateTime(left.at)}）`}
      mask={{ closable: false }}
      closable={false}
      keyboard={false}
      footer={
        <>
          <Button danger onClick={forget}>
            丢弃
          </Button>
          <Button type="primary" onClick={() => void replace(left.document).then(forget)}>
            恢复修改
          </Button>
        </>
      }
    >
      上次离开时以下修改未能保存到服务器，已保留在本机。
    </Modal>
  );
}
