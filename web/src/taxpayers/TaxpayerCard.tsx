import { creditCode, type Taxpayer, type TaxpayerAnswer } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { rule } from '../forms/rule.ts';
import { api } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { dateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { TaxpayerItem } from './TaxpayerItem.tsx';
import './taxpayers.css';

type Props = {
  /** What the look is for: the caller of a contact or order, else a number, with the reason. */
  contactId?: string;
  orderId?: string;
  number?: string;
  reason?: string;
  /** Takes the taxpayer that the agent has made sure of. */
  onChoose?(taxpayer: Taxpayer): void;
};

/**
 * 一户式查询: whom the caller may stand for. Nothing waits for it, and it says by what each was found. Without caller and number nothing is
 * asked before a code is typed.
 */
export function TaxpayerCard({ onChoose, number, ...purpose }: Props) {
  const [code, setCode] = useState<string | null>(null);
  const input = { ...purpose, ...(code ? { creditCode: code } : number ? { number } : {}) };
  const isAsked = Boolean(purpose.contactId ?? purpose.orderId ?? number ?? code);
  const { data, error, isLoading, isFetching, refetch } = useQuery(
    // Each question is on record: none is asked by itself a second time.
    api.taxpayers.find.queryOptions({ input, enabled: isAsked, staleTime: Number.POSITIVE_INFINITY, retry: false }),
  );
  return (
    <div className="taxpayers">
      {data?.state !== 'off' && <CodeSearch shown={code} onSearch={setCode} />}
      {isLoading && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {error && <Failed error={error} retry={refetch} />}
      {data && (
        <>
          <Told answer={data} busy={isFetching} retry={refetch} />
          {data.taxpayers.map((taxpayer) => (
            <TaxpayerItem
              key={`${taxpayer.ref.answerId} ${taxpayer.ref.index}`}
              taxpayer={taxpayer}
              alone={data.taxpayers.length === 1}
              {...(onChoose ? { onChoose } : {})}
            />
          ))}
        </>
      )}
    </div>
  );
}

type ToldProps = { answer: TaxpayerAnswer; busy: boolean; retry(): unknown };

function Told({ answer: { state, message, demo, askedAt, taxpayers }, busy, retry }: ToldProps) {
  const again = (
    <Button size="small" loading={busy} onClick={() => void retry()}>
      重试
    </Button>
  );
  return (
    <>
      {state === 'off' && <span className="muted">{message}</span>}
      {message && state !== 'off' && state !== 'none' && (
        <Alert type="warning" showIcon title={`${message}，不影响登记`} action={again} />
      )}
      {state === 'none' && <span className="muted">{message || '没有查到'}</span>}
      {askedAt && (
        <p className="taxpayers-told muted">
          {demo && <Tag tone="waiting">演示数据</Tag>}
          {taxpayers.length > 1 && <span>查到 {taxpayers.length} 户，请向来电人核实</span>}
          {taxpayers.length === 1 && <span>请向来电人核实</span>}
          <span>{dateTime(askedAt)} 查询</span>
        </p>
      )}
    </>
  );
}

type SearchProps = { shown: string | null; onSearch(code: string | null): void };

/** By the code that the caller says. */
function CodeSearch({ shown, onSearch }: SearchProps) {
  const [form] = Form.useForm<{ code: string }>();
  const back = () => {
    form.resetFields();
    onSearch(null);
  };
  return (
    <Form<{ code: string }>
      form={form}
      className="taxpayers-search"
      layout="inline"
      size="small"
      onFinish={({ code }) => onSearch(creditCode.parse(code))}
    >
      <Form.Item name="code" rules={[rule(creditCode)]} validateTrigger="onSubmit">
        <Input
          aria-label="社会信用代码"
          placeholder="来电人所报社会信用代码"
          maxLength={20}
          autoComplete="off"
          spellCheck={false}
        />
      </Form.Item>
      <Button htmlType="submit">按代码查询</Button>
      {shown !== null && (
        <Button type="link" onClick={back}>
          返回号码查询
        </Button>
      )}
    </Form>
  );
}
