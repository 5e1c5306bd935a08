import type { ContactSummary, DeskContact } from '@rexian/contracts';
import { Table } from 'antd';
import { useState } from 'react';
import { ContactDrawer } from '../contacts/ContactDrawer.tsx';
import { contactColumns } from '../contacts/columns.tsx';
import { openable } from '../listing/openable.ts';

const columns = contactColumns(
  'arrivedAt',
  'calledNumber',
  'agent',
  'talkingMs',
  'endReason',
  'result',
  'categoryName',
);

/** The last ten contacts of the same number, so that nobody has to tell their story twice. */
export function CallerHistory({ contact }: { contact: DeskContact }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section className="panel">
      <h2>
        历史来电 <small>{contact.history.length > 0 ? `最近 ${contact.history.length} 次` : ''}</small>
      </h2>
      <Table<ContactSummary>
        className="clickable"
        size="small"
        rowKey="id"
        pagination={false}
        columns={columns}
        scroll={{ x: 780 }}
        dataSource={contact.history}
        onRow={(row) => openable(() => setOpen(row.id))}
        locale={{ emptyText: '首次来电' }}
      />
      <ContactDrawer id={open} onClose={() => setOpen(null)} />
    </section>
  );
}
