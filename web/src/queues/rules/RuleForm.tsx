import { type Queue, type RoutingRule, requiredText, ruleEffects, type UnitRef } from '@rexian/contracts';
import { Form, Input, Switch } from 'antd';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { rule as fieldRule } from '../../forms/rule.ts';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { ConditionFields } from './ConditionFields.tsx';
import { EffectFields } from './EffectFields.tsx';
import { usePersons } from './useRules.ts';

export interface RuleFacts {
  name: string;
  active: boolean;
  conditions: RoutingRule['conditions'];
  effects: RoutingRule['effects'];
}

/** How long callers usually wait for 专席 alone. */
const USUAL_SECONDS = 30;
const empty: RuleFacts = {
  name: '',
  active: true,
  conditions: { classes: [], origins: [], calledNumberIds: [], regions: [], hours: null },
  effects: { priority: 0, queueId: null, persons: [], personSeconds: USUAL_SECONDS },
};

type Props = { rule: RoutingRule | null; centre: UnitRef; queues: Queue[]; onClose(): void };

/** 条件 and 处理 of one rule. */
export function RuleForm({ rule, centre, queues, onClose }: Props) {
  const [form] = Form.useForm<RuleFacts>();
  const persons = usePersons(rule?.effects.persons ?? []);
  const save = useChange({
    run: (facts: RuleFacts) =>
      rule
        ? client.routingRules.change({ ...facts, id: rule.id })
        : client.routingRules.create({ ...facts, unitId: centre.id }),
    touches: [api.routingRules.key()],
    done: (saved) => `已保存规则“${saved.name}”`,
  });
  const submit = ({ effects, ...facts }: RuleFacts) => {
    // A cleared choice is undefined; 专席秒数 says something only with 专席.
    const personSeconds = effects.persons.length > 0 ? effects.personSeconds : 0;
    save.mutate(
      { ...facts, effects: { ...effects, queueId: effects.queueId ?? null, personSeconds } },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDrawer<RuleFacts>
      title={rule ? `修改规则“${rule.name}”` : `新增规则（${centre.name}）`}
      size={720}
      form={form}
      initial={rule ? factsOf(rule) : empty}
      busy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="name" label="名称" rules={[fieldRule(requiredText(40, '请输入规则名称'))]}>
        <Input maxLength={40} placeholder="例如：12366转接优先" />
      </Form.Item>
      <ConditionFields />
      <EffectFields queues={queues} persons={persons} />
      <Form.Item
        name="enough"
        className="rule-enough"
        dependencies={[
          ['effects', 'priority'],
          ['effects', 'queueId'],
          ['effects', 'persons'],
        ]}
        rules={[{ validator: async () => requireEffect(form.getFieldValue('effects')) }]}
      >
        <span hidden />
      </Form.Item>
      <Form.Item name="active" label="启用" valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}

function factsOf({ name, active, conditions, effects }: RoutingRule): RuleFacts {
  const personSeconds = effects.persons.length > 0 ? effects.personSeconds : USUAL_SECONDS;
  return { name, active, conditions, effects: { ...effects, personSeconds } };
}

/** In the words of the contract. */
function requireEffect(effects: RuleFacts['effects']): void {
  const read = ruleEffects.safeParse({ ...effects, queueId: effects.queueId ?? null });
  if (!read.success) throw new Error(read.error.issues[0]?.message ?? '填写的内容不符合要求');
}
