import { type OrderDetail, requiredText, type WorkOrderState, workOrderKind, workOrderState } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Spin } from 'antd';
import { Link } from 'react-router';
import { rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { orderTone } from '../orders/words.ts';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { Failed } from '../platform/Failed.tsx';
import { dateMinute, fullDateMinute } from '../platform/format.ts';
import { PageDrawer } from '../platform/PageDrawer.tsx';
import { Tag } from '../platform/Tag.tsx';
import '../contacts/drawer.css';

/** What is looked at; `text`: to be added to it, null: only looked at. */
export interface Peeked {
  id: string;
  text: string | null;
}

type Props = { peeked: Peeked | null; onClose(): void; onAdded(order: OrderDetail): void };

/** Another order beside the registration: what it was about, where it lies, and what the caller adds to it. */
export function OrderPeek({ peeked, onClose, onAdded }: Props) {
  return (
    <PageDrawer title="工单" size={560} open={peeked !== null} onClose={onClose} mask={false}>
      {peeked && <Detail key={peeked.id} peeked={peeked} onAdded={onAdded} />}
    </PageDrawer>
  );
}

/** Somebody has it still, who reads what is added. */
export const isUnderWay = ({ state }: { state: WorkOrderState }): boolean => state === 'open' || state === 'suspended';

function Detail({ peeked: { id, text }, onAdded }: { peeked: Peeked; onAdded: Props['onAdded'] }) {
  const { data, error, isLoadingError, isPending, refetch } = useQuery(api.orders.get.queryOptions({ input: { id } }));
  if (isPending) return <Spin className="page-spin" />;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  const { registration, trail } = data;
  return (
    <div className="detail" data-order={data.number} data-order-state={data.state}>
      <Summary order={data} />
      <Text title="诉求内容" text={registration.content} />
      <Text title="答复内容" text={registration.answer} />
      <section>
        <h3>办理记录</h3>
        <ol className="peek-trail">
          {trail.slice(-8).map((event) => (
            <li key={event.id}>
              <span className="muted num">{dateMinute(event.at)}</span> {event.title}
              {event.person && <span className="muted"> {event.person.name}</span>}
              {event.text && <p className="detail-text">{event.text}</p>}
            </li>
          ))}
        </ol>
      </section>
      {data.can.comment && isUnderWay(data) && <Supplement order={data} text={text} onAdded={onAdded} />}
    </div>
  );
}

function Summary({ order }: { order: OrderDetail }) {
  const { id, number, kind, state, title, tasks, unit, registeredAt, callerNumber, callerName } = order;
  const lies = tasks.filter(({ doneAt }) => doneAt === null);
  return (
    <header className="summary">
      <div className="summary-head">
        <strong>
          <Link to={`/orders/${id}`}>{number}</Link>
        </strong>
        <Tag tone={orderTone[state]}>{workOrderState.labels[state]}</Tag>
        <span>{workOrderKind.labels[kind]}</span>
      </div>
      <div>{title}</div>
      <div className="summary-facts">
        <span>{fullDateMinute(registeredAt)}</span>
        <span>{unit.name}</span>
        <span>
          {callerName} {callerNumber}
        </span>
        {lies.map((task) => (
          <span key={task.id}>
            {task.title}：{task.unit.name} {task.person?.name}
          </span>
        ))}
      </div>
    </header>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  if (text === '') return null;
  return (
    <section>
      <h3>{title}</h3>
      <p className="detail-text">{text}</p>
    </section>
  );
}

type SupplementProps = { order: OrderDetail; text: string | null; onAdded: Props['onAdded'] };

/** 补充: told to whoever has the order. */
function Supplement({ order: { id, number }, text, onAdded }: SupplementProps) {
  const add = useChange({
    run: client.orderSteps.comment,
    touches: [api.orders.key()],
    done: `已补充到 ${number}`,
  });
  return (
    <Form<{ text: string }>
      layout="vertical"
      requiredMark={false}
      initialValues={{ text: text ?? '' }}
      onFinish={(typed) => add.mutate({ id, text: typed.text.trim() }, { onSuccess: ({ order }) => onAdded(order) })}
    >
      <Form.Item name="text" label="补充内容" rules={[rule(requiredText(1_000, '请填写补充内容'))]}>
        <Input.TextArea autoFocus={text !== null} maxLength={1_000} showCount autoSize={{ minRows: 3, maxRows: 10 }} />
      </Form.Item>
      {add.error && <Alert type="error" showIcon role="alert" title={errorText(add.error)} />}
      <div className="detail-foot">
        <span className="muted">办理人可在工单中看到</span>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          补充到该工单
        </Button>
      </div>
    </Form>
  );
}
