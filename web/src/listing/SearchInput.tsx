import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';

type Props = {
  /** Names the field: 搜索号码. */
  label: string;
  /** What can be typed: 号码或名称. */
  placeholder: string;
  width?: number | string;
  value: string;
  onChange(text: string): void;
  /** Can be typed into at once. */
  focused?: boolean;
};

/** Narrows a list while one types. */
export function SearchInput({ label, placeholder, width = 200, value, onChange, focused = false }: Props) {
  return (
    <Input
      allowClear
      autoFocus={focused}
      prefix={<SearchOutlined />}
      placeholder={placeholder}
      aria-label={label}
      maxLength={40}
      style={{ width }}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
