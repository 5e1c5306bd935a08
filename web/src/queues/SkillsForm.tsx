import type { Queue, QueueAgent, UnitRef } from '@rexian/contracts';
import { Checkbox, Form, InputNumber } from 'antd';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { agentName } from './AgentSelect.tsx';
import { USUAL_WEIGHT } from './members.ts';

type Skill = QueueAgent['queues'][number];
type Facts = { skills: Skill[] };
type Props = { agent: QueueAgent; centre: UnitRef; queues: Queue[]; onClose(): void };

/** The queues of one agent: those of the centre, and what they serve elsewhere. */
export function SkillsForm({ agent, centre, queues, onClose }: Props) {
  const { person } = agent;
  const served = new Set(agent.queues.map(({ queueId }) => queueId));
  const offered = queues.filter(({ id, unit }) => unit.id === centre.id || served.has(id));
  const save = useChange({
    run: ({ skills }: Facts) => client.queues.setAgent({ personId: person.id, queues: skills }),
    touches: [api.queues.key(), api.monitor.key()],
    done: `已保存${person.name}的技能`,
  });
  return (
    <FormDrawer<Facts>
      title={`“${agentName(person)}”的技能`}
      initial={{ skills: agent.queues }}
      busy={save.isPending}
      error={save.error}
      onSubmit={(facts) => save.mutate(facts, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="form-note">勾选要接听的技能组。权重 1 到 100，同时空闲的坐席中权重高的先接听。</p>
      <Form.Item name="skills" noStyle>
        <SkillList queues={offered} centre={centre} />
      </Form.Item>
    </FormDrawer>
  );
}

type ListProps = { value?: Skill[]; onChange?(skills: Skill[]): void; queues: Queue[]; centre: UnitRef };

function SkillList({ value: skills = [], onChange, queues, centre }: ListProps) {
  const others = (id: string) => skills.filter(({ queueId }) => queueId !== id);
  return (
    <ul className="skill-list">
      {queues.map(({ id, name, unit, active }) => {
        const weight = skills.find(({ queueId }) => queueId === id)?.weight;
        return (
          <li key={id}>
            <Checkbox
              checked={weight !== undefined}
              onChange={({ target }) =>
                onChange?.(target.checked ? [...skills, { queueId: id, weight: USUAL_WEIGHT }] : others(id))
              }
            >
              {name}
              {unit.id !== centre.id && <span className="muted">（{unit.name}）</span>}
              {!active && <span className="muted">（已停用）</span>}
            </Checkbox>
            {weight !== undefined && (
              <InputNumber
                aria-label={`${name}的权重`}
                min={1}
                max={100}
                precision={0}
                style={{ width: 80 }}
                value={weight}
                onChange={(to) => to !== null && onChange?.([...others(id), { queueId: id, weight: to }])}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
