import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import type { Queue, RoutingRule } from '@rexian/contracts';
import { Button, Switch } from 'antd';
import { useLayoutEffect, useRef } from 'react';
import { useAction } from '../../forms/useChange.ts';
import { useConfirm } from '../../forms/useConfirm.ts';
import { api, client } from '../../platform/api.ts';
import { useRuleNames } from './useRules.ts';
import { conditionText, effectText, type RuleNames } from './words.ts';

type Props = { rules: RoutingRule[]; queues: Queue[]; unitId: string; onOpen(rule: RoutingRule): void };
type Direction = 'up' | 'down';

/** The rules as sentences, each with its place. */
export function RuleList({ rules, queues, unitId, onOpen }: Props) {
  const names = useRuleNames(rules, queues);
  const list = useRef<HTMLOListElement>(null);
  const order = useAction({ run: client.routingRules.order, touches: [api.routingRules.key()] });
  const moved = useFocusAfterMove(list, rules);
  const move = (index: number, direction: Direction) => {
    const ids = rules.map(({ id }) => id);
    const [id] = ids.splice(index, 1);
    if (id === undefined) return;
    ids.splice(direction === 'up' ? index - 1 : index + 1, 0, id);
    moved(id, direction);
    void order.act({ unitId, ids });
  };
  return (
    <ol className="rules" ref={list}>
      {rules.map((rule, index) => (
        <li key={rule.id} data-rule={rule.id} data-active={rule.active}>
          <b className="rule-place">{index + 1}</b>
          <RuleText rule={rule} names={names} />
          {rule.can.change && (
            <span className="rule-actions">
              <ActiveSwitch rule={rule} />
              <MoveButton
                direction="up"
                disabled={index === 0 || order.busy}
                name={rule.name}
                onMove={() => move(index, 'up')}
              />
              <MoveButton
                direction="down"
                disabled={index === rules.length - 1 || order.busy}
                name={rule.name}
                onMove={() => move(index, 'down')}
              />
              <Button type="link" size="small" onClick={() => onOpen(rule)}>
                修改
              </Button>
              <RemoveButton rule={rule} last={rules.length === 1} />
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function RuleText({ rule, names }: { rule: RoutingRule; names: RuleNames }) {
  return (
    <div className="rule-text">
      <strong>{rule.name}</strong>
      {!rule.active && <span className="muted">（已停用）</span>}
      <p>
        {conditionText(rule.conditions, names)} <span className="muted">→</span> {effectText(rule.effects, names)}
      </p>
    </div>
  );
}

/** Who moves a rule by keyboard keeps moving the same one. */
function useFocusAfterMove(list: React.RefObject<HTMLOListElement | null>, rules: RoutingRule[]) {
  const last = useRef<{ id: string; direction: Direction } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the new order is on the screen
  useLayoutEffect(() => {
    if (!last.current) return;
    const row = list.current?.querySelector(`[data-rule="${last.current.id}"]`);
    const wanted = row?.querySelector<HTMLButtonElement>(`[data-move="${last.current.direction}"]`);
    const other = row?.querySelector<HTMLButtonElement>('[data-move]:not(:disabled)');
    (wanted?.disabled ? other : wanted)?.focus();
    last.current = null;
  }, [rules]);
  return (id: string, direction: Direction) => {
    last.current = { id, direction };
  };
}

type MoveProps = { direction: Direction; disabled: boolean; name: string; onMove(): void };

function MoveButton({ direction, disabled, name, onMove }: MoveProps) {
  const up = direction === 'up';
  return (
    <Button
      type="text"
      size="small"
      data-move={direction}
      aria-label={`${up ? '上移' : '下移'}“${name}”`}
      icon={up ? <ArrowUpOutlined /> : <ArrowDownOutlined />}
      disabled={disabled}
      onClick={onMove}
    />
  );
}

function ActiveSwitch({ rule: { id, name, active, conditions, effects } }: { rule: RoutingRule }) {
  const change = useAction({
    run: client.routingRules.change,
    touches: [api.routingRules.key()],
    done: active ? `已停用规则“${name}”` : `已启用规则“${name}”`,
  });
  return (
    <Switch
      size="small"
      aria-label={`启用“${name}”`}
      checked={active}
      loading={change.busy}
      onChange={(on) => void change.act({ id, name, conditions, effects, active: on })}
    />
  );
}

function RemoveButton({ rule: { id, name }, last }: { rule: RoutingRule; last: boolean }) {
  const confirm = useConfirm();
  const remove = useAction({
    run: client.routingRules.remove,
    touches: [api.routingRules.key()],
    done: `已删除规则“${name}”`,
  });
  const ask = () =>
    confirm({
      title: `删除路由规则“${name}”？`,
      content: last ? '这是最后一条规则，删除后按平台默认规则路由。' : '已在排队的来电不受影响。',
      okText: '删除',
      run: () => remove.act({ id }),
    });
  return (
    <Button type="link" size="small" danger onClick={ask}>
      删除
    </Button>
  );
}
