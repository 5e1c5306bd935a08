import type { DeskContact } from '@rexian/contracts';
import { Result, Spin } from 'antd';
import { may, useViewer } from '../auth/viewer.ts';
import { CustomerCard } from '../customers/CustomerCard.tsx';
import { LookupPanel } from '../lookup/LookupPanel.tsx';
import { useLookup } from '../lookup/useLookup.ts';
import { DeskRegistration } from '../registration/DeskRegistration.tsx';
import { CallCard } from './CallCard.tsx';
import { CallerHistory } from './CallerHistory.tsx';
import { useDesk } from './DeskProvider.tsx';
import { IdlePanel } from './IdlePanel.tsx';
import { SignInButton } from './SignInButton.tsx';
import { Taxpayers } from './Taxpayers.tsx';
import { WrapUpForm } from './WrapUpForm.tsx';
import './desk.css';

export function DeskPage() {
  const { desk, own } = useDesk();
  switch (own.phase) {
    case 'elsewhere':
      return (
        <Result
          className="panel desk-notice"
          status="warning"
          title="已在别处签入"
          subTitle="您的工号正在另一个页面或电脑上使用，本页的电话已停止。在此签入后，另一处将停止接听。"
          extra={<SignInButton label="在此签入" size="large" />}
        />
      );
    case 'signed_out':
      return (
        <Result
          className="panel desk-notice"
          icon={null}
          title="尚未签入"
          subTitle="签入后可接听来电。首次签入时，请允许浏览器使用麦克风和显示通知。"
          extra={<SignInButton label="签入" size="large" />}
        />
      );
    case 'unknown':
    case 'signing_in':
      return <Spin className="page-spin" size="large" />;
    case 'signed_in':
      break;
  }
  if (!desk) return <Spin className="page-spin" size="large" />;
  const contact = desk.contact;
  if (!contact) return <IdlePanel />;
  return <Served key={contact.contactId} contact={contact} />;
}

/** The call at hand. Whoever leads it registers what it is about; those who were asked or listen have a wrap-up only. */
function Served({ contact }: { contact: DeskContact }) {
  const registers = may(useViewer(), 'work_orders.register');
  const { contactId, legId, role, connectedAt } = contact;
  const looking = useLookup(contactId);
  const caller = (
    <section className="panel" aria-label="来电人">
      <h2>来电人</h2>
      <div className="panel-body">
        <CustomerCard contactId={contactId} saveOnLeave />
      </div>
    </section>
  );
  if (registers && role === 'lead' && connectedAt !== null)
    return (
      <div className="desk" data-registering>
        <CallCard contact={contact} />
        <DeskRegistration key={legId} contact={contact} looking={looking}>
          {caller}
        </DeskRegistration>
      </div>
    );
  return (
    <div className="desk">
      <div className="desk-left">
        <CallCard contact={contact} />
        {caller}
        {/* A call that rings on elsewhere is none of this agent's business. */}
        {connectedAt && <Taxpayers contactId={contactId} />}
        <CallerHistory contact={contact} />
      </div>
      <div className="desk-right">
        <LookupPanel looking={looking} attach={null} />
        <WrapUpForm key={legId} contact={contact} />
      </div>
    </div>
  );
}
