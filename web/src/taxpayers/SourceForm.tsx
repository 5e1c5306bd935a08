import {
  type TaxpayerSource,
  taxpayerAdapter,
  taxpayerCacheMinutes,
  taxpayerDeadline,
  taxpayerKey,
  taxpayerUrl,
} from '@rexian/contracts';
import { Alert, Button, Form, Input, InputNumber, Radio, Switch } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { optional, rule } from '../forms/rule.ts';
import { useAction, useChange } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { worded } from '../platform/worded.ts';
import { SourceTest } from './SourceTest.tsx';
import { type SourceFacts, typedSource } from './source.ts';
import '../forms/forms.css';

const touches = [api.taxpayerSources.key(), api.taxpayers.key()];

/** The settings of one unit, and a question that tries what is typed. */
export function SourceForm({ source }: { source: TaxpayerSource }) {
  const { unit, from, hasKey, ...known } = source;
  const manages = may(useViewer(), 'taxpayers.manage');
  const own = from?.id === unit.id;
  const [form] = Form.useForm<SourceFacts>();
  const [dirty, setDirty] = useState(false);
  const adapter = Form.useWatch('adapter', form) ?? known.adapter;
  const clearsKey = Form.useWatch('clearsKey', form) ?? false;
  const save = useChange({
    run: (facts: SourceFacts) => {
      const { enabled, cacheMinutes } = facts;
      return client.taxpayerSources.save({ unitId: unit.id, enabled, cacheMinutes, ...typedSource(facts) });
    },
    touches,
    done: `已保存“${unit.name}”的一户式查询接口`,
  });
  const overHttp = adapter === 'http';
  return (
    <>
      <Form<SourceFacts>
        className="source-form"
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={!manages}
        initialValues={{ ...known, key: '', clearsKey: false }}
        onValuesChange={() => setDirty(true)}
        onFinish={(facts) => save.mutate(facts)}
      >
        <Form.Item name="enabled" label="启用" valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item
          name="adapter"
          label="数据来源"
          extra={
            overHttp ? (
              <a href="/api/docs/taxpayers.json" target="_blank" rel="noreferrer">
                接口约定（OpenAPI）
              </a>
            ) : (
              '按号码编造，仅供演示。'
            )
          }
        >
          <Radio.Group options={worded(taxpayerAdapter)} />
        </Form.Item>
        <Form.Item
          name="url"
          label="接口地址"
          hidden={!overHttp}
          extra="内网地址须由系统管理员放行；也可填写系统管理员登记的服务，如 service:tax/query。"
          rules={overHttp ? [optional(taxpayerUrl)] : []}
        >
          <Input maxLength={500} autoComplete="off" spellCheck={false} placeholder="https://" />
        </Form.Item>
        <Form.Item
          name="key"
          label="密钥"
          hidden={!overHttp}
          extra={own && hasKey ? '已设置。不修改时留空；更换地址后须重新填写。' : '对方不要求密钥时留空。'}
          rules={overHttp ? [optional(taxpayerKey)] : []}
        >
          <Input.Password maxLength={500} autoComplete="new-password" disabled={!manages || clearsKey} />
        </Form.Item>
        <Form.Item
          name="clearsKey"
          label="清除已设置的密钥"
          hidden={!overHttp || !own || !hasKey}
          valuePropName="checked"
        >
          <Switch size="small" />
        </Form.Item>
        <Form.Item name="deadlineMs" label="时限" hidden={!overHttp} rules={[rule(taxpayerDeadline)]}>
          <InputNumber min={500} max={10_000} step={500} precision={0} suffix="毫秒" style={{ width: 160 }} />
        </Form.Item>
        <Form.Item
          name="cacheMinutes"
          label="结果缓存"
          extra="在此时间内再次查询同一号码或代码，不再请求接口。0 为不缓存。"
          rules={[rule(taxpayerCacheMinutes)]}
        >
          <InputNumber min={0} max={1_440} precision={0} suffix="分钟" style={{ width: 160 }} />
        </Form.Item>
        {save.error && <Alert type="error" showIcon title={errorText(save.error)} role="alert" />}
        {manages && (
          <div className="source-buttons">
            <Button type="primary" htmlType="submit" disabled={!dirty} loading={save.isPending}>
              保存
            </Button>
            {own && <ClearButton source={source} />}
          </div>
        )}
      </Form>
      {manages && <SourceTest unitId={unit.id} form={form} />}
    </>
  );
}

function ClearButton({ source: { unit } }: { source: TaxpayerSource }) {
  const confirm = useConfirm();
  const clear = useAction({ run: client.taxpayerSources.clear, touches, done: `“${unit.name}”已沿用上级设置` });
  const ask = () =>
    confirm({
      title: `“${unit.name}”不再单独设置？`,
      content: '改为沿用上级机构的设置；上级都没有设置时不能查询。已填写的密钥一并删除。',
      okText: '沿用上级',
      run: () => clear.act({ unitId: unit.id }),
    });
  return <Button onClick={ask}>沿用上级设置</Button>;
}
