import { ArrowLeftOutlined, PrinterOutlined } from '@ant-design/icons';
import { type OrderDetail, workOrderKind, workOrderState, workOrderUrgency } from '@rexian/contracts';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { fullDateMinute } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { Deadline } from '../Deadline.tsx';
import { orderTone, urgencyTone } from '../words.ts';
import { managing } from '../work/managing.ts';
import { orderVerbs } from '../work/orderVerbs.ts';
import { VerbForm } from '../work/VerbForm.tsx';
import type { Verb } from '../work/verb.ts';
import type { Next } from './useNext.ts';

/** Which order it is, how it stands, and what can be done to it as a whole. */
export function Head({ order, next }: { order: OrderDetail; next: Next }) {
  const [verb, setVerb] = useState<Verb | null>(null);
  const { number, title, kind, urgency, state, dueAt, warnAt, confidential, unit } = order;
  const intervening = managing(order);
  return (
    <header className="order-head panel">
      <Button type="text" icon={<ArrowLeftOutlined />} aria-label="返回工单列表" onClick={next.leave} />
      <div className="order-head-words">
        <h1>
          {confidential && <span className="order-secret">保密</span>} {title || number}
        </h1>
        <p>
          <span className="num">{number}</span>
          <span>{workOrderKind.labels[kind]}</span>
          <span>{unit.name}</span>
          {urgency !== 'normal' && <Tag tone={urgencyTone[urgency]}>{workOrderUrgency.labels[urgency]}</Tag>}
          <Tag tone={orderTone[state]}>{workOrderState.labels[state]}</Tag>
          {order.immediate && <span>即办</span>}
          {order.suspendedUntil && <span>至 {fullDateMinute(order.suspendedUntil)} 恢复</span>}
          {state === 'open' && dueAt && <Deadline due={{ at: dueAt, warnAt, what: '办理' }} />}
        </p>
      </div>
      <div className="order-head-acts">
        {orderVerbs(order).map((each) => (
          <Button key={each.title} onClick={() => setVerb(each)}>
            {each.title}
          </Button>
        ))}
        {intervening.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: intervening.map((each) => ({
                key: each.title,
                label: each.title,
                danger: each.isGrave ?? false,
                onClick: () => setVerb(each),
              })),
            }}
          >
            <Button>流程干预</Button>
          </Dropdown>
        )}
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          打印
        </Button>
        <Button onClick={() => void next.go()}>
          下一件 <kbd>Alt+N</kbd>
        </Button>
      </div>
      {verb && <VerbForm order={order} verb={verb} onClose={() => setVerb(null)} />}
    </header>
  );
}
