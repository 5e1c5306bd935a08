import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { useTitle } from '../platform/useTitle.ts';
import { QueueList } from './QueueList.tsx';
import { Regions } from './Regions.tsx';
import { Rules } from './rules/Rules.tsx';
import { Skills } from './Skills.tsx';
import '../forms/forms.css';
import './queues.css';

const tabs = [
  { key: 'queues', label: '技能组', children: <QueueList /> },
  { key: 'skills', label: '坐席技能', children: <Skills /> },
  { key: 'rules', label: '路由规则', children: <Rules /> },
  { key: 'regions', label: '号段归属地', children: <Regions /> },
];

/** 技能组 with those who serve them, and the rules by which calls find them. */
export default function QueuesPage() {
  useTitle('技能与路由');
  const [query, setQuery] = useSearchParams();
  const choose = (tab: string) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before);
        next.set('tab', tab);
        return next;
      },
      { replace: true },
    );
  return (
    <section className="panel queues-page">
      <Tabs items={tabs} activeKey={query.get('tab') ?? 'queues'} onChange={choose} destroyOnHidden />
    </section>
  );
}
