import { TabbedPage } from '../listing/TabbedPage.tsx';
import { QueueList } from './QueueList.tsx';
import { Regions } from './Regions.tsx';
import { Rules } from './rules/Rules.tsx';
import { Skills } from './Skills.tsx';
import './queues.css';

/** 技能组 with those who serve them, and the rules by which calls find them. */
export default function QueuesPage() {
  return (
    <TabbedPage
      title="技能与路由"
      tabs={[
        { key: 'queues', label: '技能组', children: <QueueList /> },
        { key: 'skills', label: '坐席技能', children: <Skills /> },
        { key: 'rules', label: '路由规则', children: <Rules /> },
        { key: 'regions', label: '号段归属地', children: <Regions /> },
      ]}
    />
  );
}
