import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { useTitle } from '../platform/useTitle.ts';
import { DeskSettings } from './DeskSettings.tsx';
import { Devices } from './Devices.tsx';
import '../forms/forms.css';
import './phones.css';

const tabs = [
  { key: 'devices', label: 'IP 话机', children: <Devices /> },
  { key: 'desk', label: '坐席设置', children: <DeskSettings /> },
];

/** 话机管理 and what the desks of a unit are allotted. */
export default function PhonesPage() {
  useTitle('话机管理');
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
    <section className="panel phones-page">
      <Tabs items={tabs} activeKey={query.get('tab') ?? 'devices'} onChange={choose} destroyOnHidden />
    </section>
  );
}
