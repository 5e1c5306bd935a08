import type { Proposal } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../platform/api.ts';
import { errorCode } from '../../platform/errors.ts';
import { Failed } from '../../platform/Failed.tsx';
import { ProposalDrawer } from './ProposalDrawer.tsx';

type Props = {
  list: { rows: Proposal[]; isPending: boolean };
  /** Empty or null: none is open. */
  id: string | null;
  onClose(): void;
};

/** The proposal that the address names. What a notice leads to may be on no page of the list, decided or somebody else's by now. */
export function OpenProposal({ list: { rows, isPending }, id, onClose }: Props) {
  const listed = rows.find((row) => row.id === id);
  const { data, error, refetch } = useQuery({
    ...api.answers.proposal.queryOptions({ input: { id: id ?? '' }, retry: false }),
    enabled: Boolean(id) && !isPending && !listed,
  });
  if (!id) return null;
  const proposal = listed ?? data;
  if (proposal) return <ProposalDrawer key={id} proposal={proposal} onClose={onClose} />;
  if (!error) return null;
  // Addresses are typed by people too.
  if (!['NOT_FOUND', 'BAD_REQUEST'].includes(errorCode(error) ?? '')) return <Failed error={error} retry={refetch} />;
  return (
    <p className="answer-gone muted" role="status">
      没有找到该提交
    </p>
  );
}
