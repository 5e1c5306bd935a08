import type { Taxpayer } from '@rexian/contracts';
import { may, useViewer } from '../auth/viewer.ts';
import { TaxpayerCard } from '../taxpayers/TaxpayerCard.tsx';

type Props = { contactId: string; onChoose?(taxpayer: Taxpayer): void };

/** 一户式查询 for those who may; looks are on record. */
export function Taxpayers({ contactId, ...choosing }: Props) {
  if (!may(useViewer(), 'taxpayers.read')) return null;
  return (
    <section className="panel" aria-label="一户式查询">
      <h2>一户式查询</h2>
      <div className="panel-body">
        <TaxpayerCard contactId={contactId} key={contactId} {...choosing} />
      </div>
    </section>
  );
}
