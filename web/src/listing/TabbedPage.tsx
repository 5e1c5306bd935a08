import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useTitle } from '../platform/useTitle.ts';
import './listing.css';

interface Tab {
  key: string;
  label: string;
  children: ReactNode;
}

/** A page of several lists; which of them is open stands in the address. */
export function TabbedPage({ title, tabs }: { title: string; tabs: [Tab, ...Tab[]] }) {
  useTitle(title);
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
  const active = tabs.find(({ key }) => key === query.get('tab')) ?? tabs[0];
  return (
    <section className="panel tabbed-page">
      <Tabs items={tabs} activeKey={active.key} onChange={choose} destroyOnHidden />
    </section>
  );
}
