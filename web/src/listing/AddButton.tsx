import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';

/** 新增…: what begins from a list. */
export function AddButton({ children, onClick }: { children: string; onClick(): void }) {
  return (
    <Button type="primary" icon={<PlusOutlined />} onClick={onClick}>
      {children}
    </Button>
  );
}
