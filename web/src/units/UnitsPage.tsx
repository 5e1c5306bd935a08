import { Spin } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { ExchangeButtons } from '../exchange/ExchangeButtons.tsx';
import { Failed } from '../platform/Failed.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { type UnitAsk, UnitDetail } from './UnitDetail.tsx';
import { ChangeUnitForm, MoveUnitForm, NewUnitForm } from './UnitForms.tsx';
import { UnitTree } from './UnitTree.tsx';
import { useUnits } from './useUnits.ts';
import './units.css';

/** 机构管理: the tree on the left, the chosen unit on the right; the address names it. */
export default function UnitsPage() {
  useTitle('机构管理');
  const { units, isPending, error, refetch } = useUnits();
  const [query, setQuery] = useSearchParams();
  const [ask, setAsk] = useState<UnitAsk | null>(null);
  const unit = units.find(({ id }) => id === query.get('unit')) ?? units[0];
  const choose = (id: string) => {
    setAsk(null);
    setQuery({ unit: id });
  };
  const close = () => setAsk(null);
  if (isPending) return <Spin className="page-spin" />;
  return (
    <div className="units-page">
      <section className="panel unit-side" aria-label="机构树">
        <h2>
          机构 <small>{units.length} 个</small>
          <ExchangeButtons kind="units" />
        </h2>
        {error && units.length === 0 ? (
          <Failed error={error} retry={refetch} />
        ) : (
          <UnitTree units={units} chosen={unit?.id ?? null} onChoose={choose} />
        )}
      </section>
      {unit && <UnitDetail unit={unit} units={units} onAsk={setAsk} onChoose={choose} />}
      {unit && ask === 'create' && (
        <NewUnitForm parent={unit} onClose={(created) => (created ? choose(created.id) : close())} />
      )}
      {unit && ask === 'change' && <ChangeUnitForm unit={unit} onClose={close} />}
      {unit && ask === 'move' && <MoveUnitForm unit={unit} onClose={close} />}
    </div>
  );
}
