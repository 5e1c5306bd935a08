import { Tabs } from 'antd';
import { useTitle } from '../platform/useTitle.ts';
import { AccessCodes } from './AccessCodes.tsx';
import { ServiceNumbers } from './ServiceNumbers.tsx';
import '../forms/forms.css';
import './numbers.css';

const tabs = [
  { key: 'numbers', label: '服务号码', children: <ServiceNumbers /> },
  { key: 'codes', label: '内部接入码', children: <AccessCodes /> },
];

/** 服务号码 and the codes by which centres reach each other. */
export default function NumbersPage() {
  useTitle('服务号码');
  return (
    <section className="panel numbers-page">
      <Tabs items={tabs} />
    </section>
  );
}
