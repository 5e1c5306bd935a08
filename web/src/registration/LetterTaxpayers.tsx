import { phoneNumber, workOrderSource } from '@rexian/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { TaxpayerCard } from '../taxpayers/TaxpayerCard.tsx';
import { TaxpayersPanel } from '../taxpayers/TaxpayersPanel.tsx';
import type { Registering } from './useRegistration.ts';

type Props = { registering: Pick<Registering, 'id' | 'form' | 'masked' | 'chooseTaxpayer'> };

/** 一户式查询 without a call: by a code, or by the number that was written down. Each look is on record, so none is taken unasked. */
export function LetterTaxpayers({ registering: { id, form, masked, chooseTaxpayer } }: Props) {
  const { anonymous, callerNumber, source, reference } = form;
  const [looked, setLooked] = useState<{ orderId: string } | { number: string } | null>(null);
  const number = phoneNumber.safeParse(anonymous ? '' : callerNumber).data;
  // Of what was kept before, the server alone knows the number.
  const isKept = !anonymous && callerNumber === null && masked.callerNumber !== '';
  const next = number ? { number } : isKept ? { orderId: id } : null;
  const key = JSON.stringify(looked);
  const reason = ['登记', workOrderSource.labels[source], reference].filter(Boolean).join(' ');
  return (
    <TaxpayersPanel>
      {next && JSON.stringify(next) !== key && (
        <Button className="taxpayers-by-number" size="small" onClick={() => setLooked(next)}>
          按联系电话查询
        </Button>
      )}
      <TaxpayerCard key={key} reason={reason} {...looked} onChoose={chooseTaxpayer} />
    </TaxpayersPanel>
  );
}
