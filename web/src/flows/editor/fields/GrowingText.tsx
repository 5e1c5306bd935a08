import { Input } from 'antd';
import type { TextAreaProps } from 'antd/es/input';
import type { CSSProperties } from 'react';

type Props = Omit<TextAreaProps, 'autoSize' | 'style'> & { rows: number; most: number };

/** Grows with its text from `rows` to `most` lines by the browser's own means: Ant Design's measures the page at each letter. */
export const GrowingText = ({ rows, most, className = '', ...props }: Props) => (
  <Input.TextArea
    {...props}
    className={`growing ${className}`}
    rows={rows}
    style={{ '--rows': rows, '--most': most } as CSSProperties}
  />
);
