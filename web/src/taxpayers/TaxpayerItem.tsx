import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { type Taxpayer, type TaxpayerFacts, taxpayerMatch } from '@rexian/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { RevealButton, useReveal } from '../personal/reveal.tsx';
import { client } from '../platform/api.ts';
import { Tag } from '../platform/Tag.tsx';
import { linesOf, statusTone } from './lines.ts';

type Props = {
  taxpayer: Taxpayer;
  /** The only one: shown in full at once. */
  alone: boolean;
  onChoose?(taxpayer: Taxpayer): void;
};

/** One taxpayer: who it is and by what it was found, and the rest when asked for. */
export function TaxpayerItem({ taxpayer, alone, onChoose }: Props) {
  const [open, setOpen] = useState(alone);
  const { secret, busy, toggle } = useReveal<TaxpayerFacts>(() => client.taxpayers.reveal(taxpayer.ref));
  const facts = secret ?? taxpayer;
  return (
    <article className="taxpayer" aria-label={taxpayer.name}>
      <header>
        <Button
          type="text"
          size="small"
          icon={open ? <DownOutlined /> : <RightOutlined />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <b>{facts.name}</b>
        </Button>
        <span className="num">{facts.creditCode}</span>
        {taxpayer.masked && <RevealButton revealed={secret !== null} busy={busy} onClick={toggle} />}
        {facts.status && <Tag tone={statusTone(facts.status)}>{facts.status}</Tag>}
        {facts.creditRating && <span>信用 {facts.creditRating} 级</span>}
        <span className="taxpayer-match">
          <span className="muted">依据：</span>
          {taxpayer.matchedBy.map((match) => taxpayerMatch.labels[match]).join('、')}
        </span>
        {onChoose && (
          <Button size="small" type="primary" onClick={() => onChoose(taxpayer)}>
            选定
          </Button>
        )}
      </header>
      {open && (
        <dl>
          {linesOf(facts).map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value || '—'}</dd>
            </div>
          ))}
        </dl>
      )}
    </article>
  );
}
