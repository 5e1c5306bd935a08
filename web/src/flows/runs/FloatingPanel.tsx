import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { PAGE_CONTENT } from '../../platform/pageContent.ts';

type Props = {
  title: ReactNode;
  /** Of the style that says where it stands. */
  name: string;
  extra?: ReactNode;
  onClose(): void;
  children: ReactNode;
};

/** Stands over the drawing, which stays in use beside it. */
export function FloatingPanel({ title, name, extra, onClose, children }: Props) {
  return createPortal(
    <section className={`floating-panel ${name}`} aria-label={typeof title === 'string' ? title : name}>
      <header>
        <h3>{title}</h3>
        {extra}
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label="关闭" onClick={onClose} />
      </header>
      {children}
    </section>,
    document.getElementById(PAGE_CONTENT) ?? document.body,
  );
}
