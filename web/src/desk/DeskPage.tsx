import { Result, Spin } from 'antd';
import { CustomerCard } from '../customers/CustomerCard.tsx';
import { CallCard } from './CallCard.tsx';
import { CallerHistory } from './CallerHistory.tsx';
import { useDesk } from './DeskProvider.tsx';
import { IdlePanel } from './IdlePanel.tsx';
import { SignInButton } from './SignInButton.tsx';
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
  return (
    <div className="desk">
      <div className="desk-left">
        <CallCard contact={contact} />
        <section className="panel" aria-label="来电人">
          <h2>来电人</h2>
          <div className="panel-body">
            <CustomerCard contactId={contact.contactId} saveOnLeave key={contact.contactId} />
          </div>
        </section>
        <CallerHistory contact={contact} />
      </div>
      <WrapUpForm key={contact.legId} contact={contact} />
    </div>
  );
}
