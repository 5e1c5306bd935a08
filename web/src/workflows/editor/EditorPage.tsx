import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { useTitle } from '../../platform/useTitle.ts';
import { workflowOf } from '../workflow.ts';
import { Editor } from './Editor.tsx';

/** One workflow, to be drawn. It is read once: what comes later is the editor's to ask for. */
export default function EditorPage({ workflowId }: { workflowId: string }) {
  const { data, error, refetch } = useQuery(
    api.workflows.get.queryOptions({
      input: { id: workflowId },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnReconnect: false,
    }),
  );
  useTitle(data?.name ?? '工单流程');
  if (data) return <Editor opened={workflowOf(data)} />;
  return error ? <Failed error={error} retry={refetch} /> : <Spin className="page-spin" size="large" />;
}
