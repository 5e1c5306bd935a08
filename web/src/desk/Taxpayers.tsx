import type { Taxpayer } from '@rexian/contracts';
import { TaxpayerCard } from '../taxpayers/TaxpayerCard.tsx';
import { TaxpayersPanel } from '../taxpayers/TaxpayersPanel.tsx';

type Props = { contactId: string; onChoose?(taxpayer: Taxpayer): void };

/** Whom the caller may stand for. */
export function Taxpayers({ contactId, ...choosing }: Props) {
  return (
    <TaxpayersPanel>
      <TaxpayerCard contactId={contactId} key={contactId} {...choosing} />
    </TaxpayersPanel>
  );
}
