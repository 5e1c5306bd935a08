import { EditOutlined, EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import type { Customer } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton, Tooltip } from 'antd';
import { useState } from 'react';
import { useReveal } from '../personal/reveal.tsx';
import { api, client } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { dateTime, isMasked } from '../platform/format.ts';
import { CustomerForm } from './CustomerForm.tsx';
import { fieldLabels, fieldNames, shownOf } from './fields.ts';
import './customers.css';

/** 来电人: who calls from this number, as far as the centre knows. */
export function CustomerCard({ contactId, saveOnLeave = false }: { contactId: string; saveOnLeave?: boolean }) {
  const { data, error, isLoadingError, isPending, refetch } = useQuery(
    api.customers.ofContact.queryOptions({ input: { contactId } }),
  );
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  return <Known contactId={contactId} customer={data} saveOnLeave={saveOnLeave} />;
}

type KnownProps = { contactId: string; customer: Customer; saveOnLeave: boolean };

function Known({ contactId, customer, saveOnLeave }: KnownProps) {
  const [editing, setEditing] = useState(false);
  const { secret, busy, hide, toggle } = useReveal(() => client.customers.reveal({ id: customer.id ?? '' }));
  const shown = shownOf(customer, secret);
  if (editing) {
    const close = () => {
      // What was revealed is not what is stored any more.
      hide();
      setEditing(false);
    };
    return <CustomerForm contactId={contactId} shown={shown} saveOnLeave={saveOnLeave} onClose={close} />;
  }
  const known = fieldNames.some((name) => shown[name] !== '');
  return (
    <div className="customer">
      {known ? (
        <dl>
          {fieldNames.map((name) => (
            <div key={name}>
              <dt>{fieldLabels[name]}</dt>
              <dd data-field={name}>{shown[name] || '—'}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <span className="muted">尚未登记</span>
      )}
      <div className="customer-buttons">
        {customer.can.reveal && customer.id && fieldNames.some((name) => isMasked(customer[name])) && (
          <Tooltip title={secret ? '' : '查看会记入审计日志'}>
            <Button
              size="small"
              icon={secret ? <EyeInvisibleOutlined /> : <EyeOutlined />}
              loading={busy}
              onClick={toggle}
            >
              {secret ? '隐藏' : '查看'}
            </Button>
          </Tooltip>
        )}
        {customer.can.change && (
          <Button size="small" icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {known ? '修改' : '登记'}
          </Button>
        )}
        {customer.changedAt && <span className="muted">{dateTime(customer.changedAt)} 更新</span>}
      </div>
    </div>
  );
}
