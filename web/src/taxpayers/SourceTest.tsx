import { phoneNumber, type TaxpayerFacts, taxpayerLookup, taxpayerMatch } from '@rexian/contracts';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Descriptions, type FormInstance, Input } from 'antd';
import { useState } from 'react';
import { client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { linesOf } from './lines.ts';
import { type SourceFacts, typedSource } from './source.ts';

/** 测试: asks with what is typed above, saved or not. */
export function SourceTest({ unitId, form }: { unitId: string; form: FormInstance<SourceFacts> }) {
  const [number, setNumber] = useState('');
  const test = useMutation({
    mutationFn: async () => {
      const facts = await form.validateFields();
      return client.taxpayerSources.test({
        unitId,
        number,
        ...typedSource({ ...facts, ...form.getFieldsValue(true) }),
      });
    },
  });
  const ready = phoneNumber.safeParse(number).success;
  const ask = () => ready && !test.isPending && test.mutate();
  return (
    <section className="source-test" aria-label="测试">
      <h3>测试</h3>
      <div className="source-test-ask">
        <Input
          aria-label="测试号码"
          placeholder="测试号码"
          maxLength={32}
          value={number}
          onChange={({ target }) => setNumber(target.value.trim())}
          onPressEnter={ask}
        />
        <Button disabled={!ready} loading={test.isPending} onClick={ask}>
          测试
        </Button>
        <span className="muted">按上方填写的内容查询一次，不论是否已保存；会记入审计日志。</span>
      </div>
      {test.error && <Alert type="error" showIcon role="alert" title={failureText(test.error)} />}
      {test.data && <Outcome {...test.data} />}
    </section>
  );
}

/** Fields that are wrong say so themselves. */
const failureText = (error: unknown): string => (error instanceof Error ? errorText(error) : '请先改正上方填写的内容');

type Answer = Awaited<ReturnType<typeof client.taxpayerSources.test>>;

function Outcome({ state, message, ms, taxpayers }: Answer) {
  const title = `${taxpayerLookup.labels[state]}${message ? `：${message}` : ''}（${ms} 毫秒）`;
  return (
    <>
      <Alert type={state === 'failed' ? 'error' : 'success'} showIcon role="status" title={title} />
      {taxpayers.map((taxpayer, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer never changes
        <Descriptions key={index} size="small" bordered column={2} title={taxpayer.name} items={itemsOf(taxpayer)} />
      ))}
    </>
  );
}

function itemsOf(taxpayer: TaxpayerFacts & Pick<Answer['taxpayers'][number], 'matchedBy'>) {
  const lines = [
    { label: '社会信用代码', value: taxpayer.creditCode },
    { label: '依据', value: taxpayer.matchedBy.map((match) => taxpayerMatch.labels[match]).join('、') },
    { label: '状态', value: taxpayer.status },
    { label: '信用等级', value: taxpayer.creditRating },
    ...linesOf(taxpayer),
  ];
  return lines.map(({ label, value }) => ({ key: label, label, children: value || '—' }));
}
