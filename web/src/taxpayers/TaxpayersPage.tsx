import type { TaxpayerSource } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { useState } from 'react';
import { useViewer } from '../auth/viewer.ts';
import { api } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { SourceForm } from './SourceForm.tsx';
import '../listing/listing.css';
import './taxpayers.css';

/** 一户式查询: whom a unit asks about taxpayers. */
export default function TaxpayersPage() {
  useTitle('一户式查询');
  const { chosenCentre, centre } = useViewer();
  const [unitId, setUnitId] = useState((chosenCentre ?? centre).id);
  const { data, error, isPending, refetch } = useQuery(api.taxpayerSources.get.queryOptions({ input: { unitId } }));
  return (
    <section className="panel">
      <div className="list-tools">
        <UnitSelect style={{ width: 240 }} value={unitId} onChange={(chosen) => chosen && setUnitId(chosen)} />
        {data && <span className="muted">{sourceText(data)}</span>}
      </div>
      {error && <Failed error={error} retry={refetch} />}
      {isPending && <Spin className="page-spin" />}
      {data && <SourceForm key={JSON.stringify(data)} source={data} />}
    </section>
  );
}

function sourceText({ unit, from }: TaxpayerSource): string {
  if (from === null) return '本机构及上级都没有设置，坐席不能查询。';
  return from.id === unit.id ? '本机构自己的设置，对没有自己设置的下级也生效。' : `沿用“${from.name}”的设置。`;
}
