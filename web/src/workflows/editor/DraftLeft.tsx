import { LEFT_TOLD, LeftDialog } from '../../drafts/LeftDialog.tsx';
import type { Draft } from './useDraft.ts';

type Props = { draft: Draft; replace(xml: string): Promise<void> };

/** Offers what could not be saved the last time. */
export function DraftLeft({ draft: { left, forget }, replace }: Props) {
  if (!left) return null;
  return (
    <LeftDialog at={left.at} onDrop={forget} onRestore={() => void replace(left.document).then(forget)}>
      {LEFT_TOLD}
    </LeftDialog>
  );
}
