import {
  type ContactDetail,
  contactDirection,
  contactOrigin,
  contactState,
  endedBy,
  endReason,
} from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { Link } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { CustomerCard } from '../customers/CustomerCard.tsx';
import { api } from '../platform/api.ts';
import { Elapsed } from '../platform/Elapsed.tsx';
import { Failed } from '../platform/Failed.tsx';
import { duration, fullDateTime } from '../platform/format.ts';
import { PageDrawer } from '../platform/PageDrawer.tsx';
import { contactTone, endTone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import { CallerNumber } from './CallerNumber.tsx';
import { Chain } from './Chain.tsx';
import { Course } from './Course.tsx';
import { Legs } from './Legs.tsx';
import { Recordings } from './Recordings.tsx';
import { SatisfactionFact } from './Satisfaction.tsx';
import './drawer.css';

/** One call in full; null closes it. */
export function ContactDrawer({ id, onClose }: { id: string | null; onClose(): void }) {
  return (
    <PageDrawer title="通话详情" size={760} open={id !== null} onClose={onClose} mask={false}>
      {id && <Detail id={id} />}
    </PageDrawer>
  );
}

function Detail({ id }: { id: string }) {
  const { data, error, isLoadingError, isPending, refetch } = useQuery(
    api.contacts.get.queryOptions({ input: { id } }),
  );
  if (isPending) return <Spin className="page-spin" />;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  return (
    <div className="detail" data-contact-state={data.state}>
      <Summary contact={data} />
      <Chain contact={data} />
      <section>
        <h3>{data.direction === 'outbound' ? '对方' : '来电人'}</h3>
        <CustomerCard contactId={data.id} />
      </section>
      <Recordings contact={data} />
      <Legs legs={data.legs} />
      <Course contact={data} />
    </div>
  );
}

function Summary({ contact }: { contact: ContactDetail }) {
  const registers = may(useViewer(), 'work_orders.register') && contact.endedAt !== null && !contact.test;
  const tone = contact.endReason ? endTone[contact.endReason] : contactTone[contact.state];
  const label = contact.endReason ? endReason.labels[contact.endReason] : contactState.labels[contact.state];
  const spans: [string, number][] = [
    ['导航', contact.flowMs],
    ['排队', contact.waitingMs],
    ['振铃', contact.ringingMs],
    ['通话', contact.talkingMs],
    ['保持', contact.holdMs],
    ['小结', contact.wrapUpMs],
  ];
  return (
    <header className="summary">
      <div className="summary-head">
        <strong>
          <CallerNumber contactId={contact.id} number={contact.callerNumber} />
        </strong>
        <span className="muted">
          {contact.direction === 'outbound' ? '呼出，显示' : '拨打'} {contact.calledName} {contact.calledNumber}
        </span>
        {contact.test && <Tag tone="quiet">试拨</Tag>}
        {contact.origin !== 'direct' && <Tag tone="quiet">{contactOrigin.labels[contact.origin]}</Tag>}
        <Tag tone={tone}>{label}</Tag>
        {contact.endedBy && <span className="muted">{endedBy.labels[contact.endedBy]}挂机</span>}
        {!contact.endedAt && (
          <span className="num">
            <Elapsed since={contact.arrivedAt} />
          </span>
        )}
      </div>
      <div className="summary-facts">
        <span>
          {contactDirection.labels[contact.direction]} {fullDateTime(contact.arrivedAt)}
        </span>
        {contact.endedAt && <span>结束 {fullDateTime(contact.endedAt)}</span>}
        <span>机构 {contact.unit.name}</span>
        {contact.queue && <span>技能组 {contact.queue.name}</span>}
        <SatisfactionFact contact={contact} />
        {registers && <Link to={`/registration?contact=${contact.id}`}>补录工单</Link>}
      </div>
      <div className="figures">
        {spans.map(([name, value]) => (
          <div className="figure" key={name}>
            <span>{name}</span>
            <b>{duration(value)}</b>
          </div>
        ))}
      </div>
    </header>
  );
}
