import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Spin } from 'antd';
import { useEffect } from 'react';
import { Navigate } from 'react-router';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { useTitle } from '../../platform/useTitle.ts';
import { useGoing } from '../useGoing.ts';
import { Editor } from './Editor.tsx';
import { openedOf } from './opened.ts';

/** One article, to be written. It is read once: what comes later is the editor's to ask for. */
export default function EditorPage({ id }: { id: string }) {
  const going = useGoing();
  const queryClient = useQueryClient();
  const { data, error, isLoadingError, refetch } = useQuery({
    ...api.knowledge.get.queryOptions({ input: { id }, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }),
    queryKey: ['article that is written', id],
    refetchOnReconnect: false,
  });
  useTitle(data ? `编辑 ${data.title}` : '编辑知识');
  useEffect(
    // What was shown of it is older than what is written here: it isn't shown again.
    () => queryClient.removeQueries({ queryKey: api.knowledge.get.key({ input: { id } }) }),
    [queryClient, id],
  );
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return <Spin className="page-spin" size="large" />;
  return data.can.edit ? <Editor opened={openedOf(data)} /> : <Navigate to={going.article(id)} replace />;
}
