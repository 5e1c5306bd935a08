import type { ReactNode } from 'react';
import { may, useViewer } from '../auth/viewer.ts';

/** 一户式查询 for those who may; looks are on record. */
export function TaxpayersPanel({ children }: { children: ReactNode }) {
  if (!may(useViewer(), 'taxpayers.read')) return null;
  return (
    <section className="panel" aria-label="一户式查询">
      <h2>一户式查询</h2>
      <div className="panel-body">{children}</div>
    </section>
  );
}
