import { Input } from 'antd';
import { useState } from 'react';

type Props = { number: string | undefined; onSearch(number: string | undefined): void };

/** Finds callers by the whole number or its last four digits, on Enter: numbers are sealed, they can't be searched while typing. */
export function NumberSearch({ number, onSearch }: Props) {
  const [wrong, setWrong] = useState(false);
  const search = (typed: string) => {
    const asked = typed.trim();
    const usable = /^(\+?\d{4,20})?$/.test(asked);
    setWrong(!usable);
    if (usable) onSearch(asked || undefined);
  };
  return (
    <>
      <Input.Search
        allowClear
        key={number ?? ''}
        defaultValue={number ?? ''}
        placeholder="完整号码或后四位"
        aria-label="查找号码"
        maxLength={21}
        style={{ width: 200 }}
        status={wrong ? 'error' : ''}
        onSearch={search}
      />
      {wrong && (
        <span className="list-wrong" role="alert">
          请输入完整号码或后四位
        </span>
      )}
    </>
  );
}
