import { creditCode } from '@rexian/contracts';
import { Input } from 'antd';
import { useState } from 'react';

type Props = { taxNumber: string | undefined; onSearch(taxNumber: string | undefined): void };

/** By the whole 社会信用代码, on Enter: codes are sealed, no part of one can be searched for. */
export function TaxNumberSearch({ taxNumber, onSearch }: Props) {
  const [wrong, setWrong] = useState<string | null>(null);
  const search = (typed: string) => {
    if (typed.trim() === '') {
      setWrong(null);
      return onSearch(undefined);
    }
    const { data, error } = creditCode.safeParse(typed);
    setWrong(error?.issues[0]?.message ?? null);
    if (data) onSearch(data);
  };
  return (
    <>
      <Input.Search
        allowClear
        key={taxNumber ?? ''}
        defaultValue={taxNumber ?? ''}
        aria-label="社会信用代码"
        placeholder="完整社会信用代码"
        maxLength={20}
        autoComplete="off"
        spellCheck={false}
        style={{ width: 220 }}
        status={wrong ? 'error' : ''}
        onSearch={search}
      />
      {wrong && (
        <span className="list-wrong" role="alert">
          {wrong}
        </span>
      )}
    </>
  );
}
