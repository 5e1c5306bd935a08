import { fieldValues, type OrderDetail, visitResult, workOrderSource } from '@rexian/contracts';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { CallBackButton } from '../../lost-calls/CallBackButton.tsx';
import { FieldValues } from '../../order-forms/FieldValues.tsx';
import { RevealButton, useReveal } from '../../personal/reveal.tsx';
import { client } from '../../platform/api.ts';
import { fullDateMinute, readableNumber } from '../../platform/format.ts';
import { personName } from '../../platform/personName.ts';
import { SmsButton } from '../../sms/SmsButton.tsx';
import { TaxpayerCard } from '../../taxpayers/TaxpayerCard.tsx';
import { Files } from './Files.tsx';
import { MessageRecording } from './MessageRecording.tsx';

/** What was registered, and what the caller is told. */
export function Registered({ order }: { order: OrderDetail }) {
  const { content, answer } = order.registration;
  return (
    <section className="panel order-registered">
      <h2>诉求</h2>
      <div className="panel-body">
        <p className="order-text">{content || <span className="muted">未填写</span>}</p>
        {order.source === 'voicemail' && <MessageRecording id={order.id} />}
        <Facts order={order} />
        <Fields order={order} />
        <Files order={order} />
        <h3>答复</h3>
        <p className="order-text" data-testid="order-answer">
          {answer || <span className="muted">尚未答复</span>}
        </p>
        {order.satisfaction && <p>回访满意度：{visitResult.labels[order.satisfaction]}</p>}
      </div>
    </section>
  );
}

function Facts({ order }: { order: OrderDetail }) {
  const { registration, can, source, category, registeredBy, registeredAt, callerName, callerNumber, taxNumber } =
    order;
  const { region, taxName, tags, reference, occurredAt, contactId } = registration;
  const { secret, busy, toggle } = useReveal(() => client.orders.reveal({ id: order.id }));
  const shown = secret ?? { callerName, callerNumber, taxNumber };
  const caller = [shown.callerName, readableNumber(shown.callerNumber)].filter(Boolean).join(' ');
  const taxpayer = [taxName, shown.taxNumber].filter(Boolean).join(' ');
  return (
    <dl className="order-facts">
      <Fact name="来电人">
        {caller || '—'}
        {can.reveal && <RevealButton revealed={secret !== null} busy={busy} onClick={toggle} />}
        {/\d/.test(callerNumber) && <SmsButton about={{ orderId: order.id }} />}
        {contactId && <CallBackButton whom={{ contactId }} can={can.call} />}
      </Fact>
      <Fact name="纳税人">
        {taxpayer || '—'} <Lookup order={order} />
      </Fact>
      <Fact name="业务类别">{category ?? '—'}</Fact>
      <Fact name="来源">
        {workOrderSource.labels[source]}
        {reference && `（${reference}）`}
        <CallLink contactId={contactId} />
      </Fact>
      <Fact name="登记">
        {registeredBy ? personName(registeredBy) : '系统'}，{fullDateMinute(registeredAt)}
      </Fact>
      {region && <Fact name="归属地">{region}</Fact>}
      {occurredAt && <Fact name="诉求时间">{fullDateMinute(occurredAt)}</Fact>}
      {tags.length > 0 && <Fact name="标签">{tags.join('、')}</Fact>}
    </dl>
  );
}

/** What the unit's own registration form asked for, as the form was then. */
function Fields({ order: { form, registration } }: { order: OrderDetail }) {
  const values = fieldValues.safeParse(registration.fields).data;
  return form && values ? <FieldValues form={form} values={values} /> : null;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function CallLink({ contactId }: { contactId: string | null }) {
  const viewer = useViewer();
  if (!contactId || !may(viewer, 'contacts.read', 'contacts.read_own')) return null;
  return (
    <Link className="order-link" to={`/contacts/${contactId}?all=1`}>
      通话与录音
    </Link>
  );
}

/** Asked for by a click: each look at a taxpayer is on record. */
function Lookup({ order }: { order: OrderDetail }) {
  const [open, setOpen] = useState(false);
  const viewer = useViewer();
  if (!may(viewer, 'taxpayers.read')) return null;
  return (
    <>
      <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        一户式查询
      </Button>
      {open && <TaxpayerCard orderId={order.id} />}
    </>
  );
}
