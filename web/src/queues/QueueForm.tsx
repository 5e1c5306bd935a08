import type { Queue, QueueSettings } from '@rexian/contracts';
import { Form } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { type QueueFacts, QueueFields } from './QueueFields.tsx';

/** What most queues begin with. */
const usual: Omit<QueueSettings, 'name'> = {
  active: true,
  music: 'default',
  ringSeconds: 20,
  maxWaitSeconds: 600,
  maxWaiting: null,
  overflow: [],
  announcePosition: true,
  announceWait: true,
  announceEverySeconds: 45,
  callbackAfterSeconds: null,
  lastAgentDays: 0,
  lastAgentSeconds: 15,
  announceAgent: true,
  autoAnswer: false,
  recorded: true,
  wrapUpSeconds: 30,
  wrapUpMandatory: false,
  autoReady: true,
  alarmWaitSeconds: 60,
  alarmTalkSeconds: 900,
};

type Props = { queue: Queue | null; onClose(): void };

/** All settings of a queue, read only for whom may not change them. */
export function QueueForm({ queue, onClose }: Props) {
  const viewer = useViewer();
  const [form] = Form.useForm<QueueFacts>();
  const save = useChange({
    run: ({ unitId, ...settings }: QueueFacts) =>
      queue ? client.queues.change({ ...settings, id: queue.id }) : client.queues.create({ ...settings, unitId }),
    touches: [api.queues.key(), api.monitor.key(), api.accessCodes.key()],
    done: (saved) => `已保存技能组“${saved.name}”`,
  });
  const initial = queue ? settingsOf(queue) : { ...usual, unitId: (viewer.chosenCentre ?? viewer.centre).id };
  const unitId = Form.useWatch('unitId', form) ?? initial.unitId;
  const readOnly = queue !== null && !queue.can.change;
  return (
    <FormDrawer<QueueFacts>
      title={queue ? `${queue.name}（${queue.unit.name}）` : '新增技能组'}
      size={800}
      form={form}
      initial={initial}
      busy={save.isPending}
      error={save.error}
      readOnly={readOnly}
      onSubmit={(facts) => save.mutate({ ...initial, ...facts }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <QueueFields queue={{ id: queue?.id ?? null, unitId }} readOnly={readOnly} />
    </FormDrawer>
  );
}

function settingsOf({ id: _id, unit, members: _members, can: _can, ...settings }: Queue): QueueFacts {
  return { ...settings, unitId: unit.id };
}
