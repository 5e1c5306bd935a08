import { TabbedPage } from '../listing/TabbedPage.tsx';
import { MessageList } from './MessageList.tsx';
import { PartnerList } from './PartnerList.tsx';
import './partners.css';

/** 协同平台: with whom orders are exchanged, and what is on its way to them. */
export default function PartnersPage() {
  return (
    <TabbedPage
      title="协同平台"
      tabs={[
        { key: 'platforms', label: '平台', children: <PartnerList /> },
        { key: 'messages', label: '发送记录', children: <MessageList /> },
      ]}
    />
  );
}
