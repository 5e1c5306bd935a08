import { musicClass, type OverflowStep, type QueueSettings, requiredText } from '@rexian/contracts';
import { Checkbox, Form, Input, InputNumber, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { NumberOrNone } from '../forms/NumberOrNone.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { OverflowEditor } from './OverflowEditor.tsx';
import { overflowProblem } from './words.ts';

export type QueueFacts = QueueSettings & { unitId: string };

type Props = { queue: { id: string | null; unitId: string | undefined }; readOnly: boolean };

/** The settings of a queue in groups, in the order in which a call meets them. */
export function QueueFields({ queue, readOnly }: Props) {
  return (
    <div className="queue-fields">
      <Group name="基本">
        <Form.Item name="name" label="名称" rules={[rule(requiredText(40, '请输入技能组名称'))]}>
          <Input maxLength={40} placeholder="例如：社保费咨询" />
        </Form.Item>
        {queue.id === null ? (
          <Form.Item name="unitId" label="所属机构" rules={[chosen('请选择所属机构')]}>
            <UnitSelect />
          </Form.Item>
        ) : (
          <Form.Item
            name="active"
            label="启用"
            valuePropName="checked"
            extra="停用后不再接收新来电，已排队的照常接听。"
          >
            <Switch />
          </Form.Item>
        )}
      </Group>
      <Group name="排队">
        <Amount name="maxWaitSeconds" label="最长等待" unit="秒" range={[1, 86_400]} extra="超过后退出排队。" />
        <Form.Item name="maxWaiting" label="排队上限" extra="已满时新来电不进入排队。">
          <NumberOrNone none="不限" usual={50} unit="人" min={1} max={10_000} />
        </Form.Item>
        <Form.Item name="music" label="等候音乐">
          <Select options={musicClass.values.map((value) => ({ value, label: musicClass.labels[value] }))} />
        </Form.Item>
        <Form.Item name="callbackAfterSeconds" label="排队多久后提供回拨">
          <NumberOrNone none="不提供" usual={120} unit="秒" min={0} max={3600} />
        </Form.Item>
      </Group>
      <Group name="溢出" wide>
        <Form.Item name="overflow" validateTrigger="onSubmit" rules={[{ validator: completeSteps }]}>
          <OverflowEditor queue={queue} disabled={readOnly} />
        </Form.Item>
      </Group>
      <Group name="播报">
        <div>
          <Check name="announcePosition">播报排队位置</Check>
          <Check name="announceWait">播报预计等待时间</Check>
        </div>
        <Amount name="announceEverySeconds" label="播报间隔" unit="秒" range={[5, 3600]} />
      </Group>
      <Group name="应答与小结">
        <Amount
          name="ringSeconds"
          label="振铃时长"
          unit="秒"
          range={[3, 120]}
          extra="超过记久不应答，来电改派其他坐席。"
        />
        <div>
          <Check name="autoAnswer">自动应答</Check>
          <Check name="announceAgent">通话前播报工号</Check>
          <Check name="recorded">通话录音</Check>
        </div>
        <Form.Item name="wrapUpSeconds" label="小结时长" extra="0 秒为没有小结。">
          <NumberOrNone none="直至保存" usual={30} unit="秒" min={0} max={3600} />
        </Form.Item>
        <div>
          <Check name="wrapUpMandatory">小结结果必填</Check>
          <Check name="autoReady">小结后自动示闲</Check>
        </div>
      </Group>
      <Group name="专席">
        <Amount
          name="lastAgentDays"
          label="优先上次坐席"
          unit="天内"
          range={[0, 365]}
          extra="来电人这些天内通过话的坐席优先接听；0 为不启用。"
        />
        <Amount name="lastAgentSeconds" label="仅由其接听" unit="秒" range={[0, 600]} extra="之后由全组接听。" />
      </Group>
      <Group name="告警">
        <Amount name="alarmWaitSeconds" label="等待超时" unit="秒" range={[5, 3600]} />
        <Amount name="alarmTalkSeconds" label="通话超时" unit="秒" range={[30, 86_400]} />
      </Group>
    </div>
  );
}

async function completeSteps(_: unknown, steps: OverflowStep[] = []): Promise<void> {
  const problem = overflowProblem(steps);
  if (problem) throw new Error(problem);
}

function Group({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <fieldset className="queue-group" data-wide={wide || undefined}>
      <legend>{name}</legend>
      <div>{children}</div>
    </fieldset>
  );
}

type AmountProps = { name: keyof QueueFacts; label: string; unit: string; range: [number, number]; extra?: string };

function Amount({ name, label, unit, range: [min, max], extra }: AmountProps) {
  return (
    <Form.Item name={name} label={label} extra={extra} rules={[chosen(`请填写${label}`)]}>
      <InputNumber min={min} max={max} precision={0} suffix={unit} style={{ width: 140 }} />
    </Form.Item>
  );
}

function Check({ name, children }: { name: keyof QueueFacts; children: ReactNode }) {
  return (
    <Form.Item name={name} valuePropName="checked" className="queue-check">
      <Checkbox>{children}</Checkbox>
    </Form.Item>
  );
}
