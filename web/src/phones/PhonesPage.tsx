import { TabbedPage } from '../listing/TabbedPage.tsx';
import { DeskSettings } from './DeskSettings.tsx';
import { Devices } from './Devices.tsx';
import './phones.css';

/** 话机管理 and what the desks of a unit are allotted. */
export default function PhonesPage() {
  return (
    <TabbedPage
      title="话机管理"
      tabs={[
        { key: 'devices', label: 'IP 话机', children: <Devices /> },
        { key: 'desk', label: '坐席设置', children: <DeskSettings /> },
      ]}
    />
  );
}
