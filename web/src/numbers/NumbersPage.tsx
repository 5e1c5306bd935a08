import { TabbedPage } from '../listing/TabbedPage.tsx';
import { AccessCodes } from './AccessCodes.tsx';
import { ServiceNumbers } from './ServiceNumbers.tsx';

/** 服务号码 and the codes by which centres reach each other. */
export default function NumbersPage() {
  return (
    <TabbedPage
      title="服务号码"
      tabs={[
        { key: 'numbers', label: '服务号码', children: <ServiceNumbers /> },
        { key: 'codes', label: '内部接入码', children: <AccessCodes /> },
      ]}
    />
  );
}
