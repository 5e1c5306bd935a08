import type { Queue } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { useEffect } from 'react';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { MembersEditor } from './MembersEditor.tsx';
import { type Member, memberOf } from './members.ts';
import { membersOf } from './useQueues.ts';

type Facts = { members: Member[] };

/** Who serves a queue, and with what weight. */
export function MembersForm({ queue, onClose }: { queue: Queue; onClose(): void }) {
  const [form] = Form.useForm<Facts>();
  const { id, name, unit, can } = queue;
  // Read once: what is being typed must not be overtaken by a later answer.
  const { data, error, refetch } = useQuery({
    queryKey: [...api.queues.agents.key(), 'members', id],
    queryFn: () => membersOf(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  useEffect(() => {
    if (data)
      form.setFieldValue(
        'members',
        data.map((agent) => memberOf(agent, id)),
      );
  }, [data, form, id]);
  const save = useChange({
    run: ({ members }: Facts) =>
      client.queues.setMembers({ id, members: members.map(({ person, weight }) => ({ personId: person.id, weight })) }),
    touches: [api.queues.list.key(), api.queues.agents.key(), api.monitor.key()],
    done: `已保存“${name}”的成员`,
  });
  return (
    <FormDrawer<Facts>
      title={`“${name}”的成员（${unit.name}）`}
      size={800}
      form={form}
      initial={{}}
      busy={save.isPending || !data}
      error={save.error}
      readOnly={!can.staff}
      onSubmit={(facts) => save.mutate(facts, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="form-note">权重 1 到 100：多名坐席同时空闲时，来电先给权重高的；权重相同的给空闲最久的。</p>
      {error && <Failed error={error} retry={refetch} />}
      <Form.Item name="members" noStyle>
        <MembersEditor readOnly={!can.staff} />
      </Form.Item>
    </FormDrawer>
  );
}
