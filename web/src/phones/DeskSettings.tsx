import { chosenReason, type DeskSettings as Settings } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, InputNumber, Spin } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { NumberOrNone } from '../forms/NumberOrNone.tsx';
import { chosen } from '../forms/rule.ts';
import { useAction, useChange } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { Failed } from '../platform/Failed.tsx';
import { UnitSelect } from '../units/UnitSelect.tsx';
import '../forms/forms.css';

/** 坐席设置: how long each kind of rest may last, and the wrap-up after calls that agents make. */
export function DeskSettings() {
  const { chosenCentre, centre } = useViewer();
  const [unitId, setUnitId] = useState((chosenCentre ?? centre).id);
  const { data, error, isPending, refetch } = useQuery(api.deskSettings.get.queryOptions({ input: { unitId } }));
  return (
    <>
      <div className="list-tools">
        <UnitSelect style={{ width: 240 }} value={unitId} onChange={(chosenId) => chosenId && setUnitId(chosenId)} />
        {data && <span className="muted">{sourceText(data)}</span>}
      </div>
      {error && <Failed error={error} retry={refetch} />}
      {isPending && <Spin className="page-spin" />}
      {data && <SettingsForm key={`${data.unit.id} ${JSON.stringify(data)}`} settings={data} />}
    </>
  );
}

function sourceText({ unit, from }: Settings): string {
  if (from === null) return '本机构及上级都没有设置，按平台默认。';
  return from.id === unit.id ? '本机构自己的设置，对没有自己设置的下级也生效。' : `沿用“${from.name}”的设置。`;
}

type Facts = { minutes: Record<string, number | null>; outboundWrapUpSeconds: number };

function SettingsForm({ settings }: { settings: Settings }) {
  const { unit, from, reasons, outboundWrapUpSeconds } = settings;
  const manages = may(useViewer(), 'queues.manage');
  const [form] = Form.useForm<Facts>();
  const [dirty, setDirty] = useState(false);
  const save = useChange({
    run: ({ minutes, outboundWrapUpSeconds: seconds }: Facts) =>
      client.deskSettings.save({
        unitId: unit.id,
        reasons: chosenReason.values.map((reason) => ({ reason, minutes: minutes[reason] ?? null })),
        outboundWrapUpSeconds: seconds,
      }),
    touches: [api.deskSettings.key(), api.desk.reasons.key()],
    done: `已保存“${unit.name}”的坐席设置`,
  });
  const initial: Facts = {
    minutes: Object.fromEntries(reasons.map(({ reason, minutes }) => [reason, minutes])),
    outboundWrapUpSeconds,
  };
  return (
    <Form<Facts>
      className="desk-settings"
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={!manages}
      initialValues={initial}
      onValuesChange={() => setDirty(true)}
      onFinish={(facts) => save.mutate(facts, { onSuccess: () => setDirty(false) })}
    >
      <h3>示忙原因与时限</h3>
      <p className="form-note">超过时限后坐席和班长都会看到超时提醒。</p>
      <div className="rest-limits">
        {chosenReason.values.map((reason) => (
          <Form.Item key={reason} name={['minutes', reason]} label={chosenReason.labels[reason]}>
            <NumberOrNone none="不限" usual={15} unit="分钟" min={1} max={600} />
          </Form.Item>
        ))}
      </div>
      <h3>外呼小结</h3>
      <Form.Item
        name="outboundWrapUpSeconds"
        label="坐席呼出后的小结时长"
        extra="0 秒为没有小结。呼入的小结时长在各技能组设置。"
        rules={[chosen('请填写小结时长')]}
      >
        <InputNumber min={0} max={3600} precision={0} suffix="秒" style={{ width: 140 }} />
      </Form.Item>
      {save.error && <Alert type="error" showIcon title={errorText(save.error)} role="alert" />}
      {manages && (
        <div className="desk-settings-buttons">
          <Button type="primary" htmlType="submit" disabled={!dirty} loading={save.isPending}>
            保存
          </Button>
          {from?.id === unit.id && <ClearButton settings={settings} />}
        </div>
      )}
    </Form>
  );
}

function ClearButton({ settings: { unit } }: { settings: Settings }) {
  const confirm = useConfirm();
  const clear = useAction({
    run: client.deskSettings.clear,
    touches: [api.deskSettings.key(), api.desk.reasons.key()],
    done: `“${unit.name}”已沿用上级设置`,
  });
  const ask = () =>
    confirm({
      title: `“${unit.name}”不再单独设置？`,
      content: '改为沿用上级机构的设置；上级都没有设置时按平台默认。',
      okText: '沿用上级',
      run: () => clear.act({ unitId: unit.id }),
    });
  return <Button onClick={ask}>沿用上级设置</Button>;
}
