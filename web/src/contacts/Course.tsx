import type { ContactDetail } from '@rexian/contracts';
import { Tabs } from 'antd';
import { may, useViewer } from '../auth/viewer.ts';
import { PathButton } from '../flows/runs/PathButton.tsx';
import { RoutingExplanation } from './RoutingExplanation.tsx';
import { Timeline } from './Timeline.tsx';

/** What happened, and why it went that way. */
export function Course({ contact }: { contact: ContactDetail }) {
  const explained = may(useViewer(), 'contacts.read');
  const tabs = [
    { key: 'timeline', label: '时间线', children: <Timeline contact={contact} /> },
    ...(explained
      ? [{ key: 'routing', label: '路由说明', children: <RoutingExplanation contactId={contact.id} /> }]
      : []),
  ];
  const inFlow = contact.events.some(({ type }) => type === 'node_entered');
  return (
    <Tabs
      className="course"
      size="small"
      items={tabs}
      tabBarExtraContent={inFlow && <PathButton contactId={contact.id} />}
    />
  );
}
