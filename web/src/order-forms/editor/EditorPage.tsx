import { orderFormName } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { useTitle } from '../../platform/useTitle.ts';
import { Editor } from './Editor.tsx';

/** One form, to be designed. It is read once: what comes later is the editor's to ask for. */
export default function EditorPage({ formId }: { formId: string }) {
  const { data, error, refetch } = useQuery(
    api.orderForms.get.queryOptions({
      input: { id: formId },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnReconnect: false,
    }),
  );
  useTitle(data ? orderFormName(data.kind) : '登记表单');
  if (data) return <Editor opened={data} />;
  return error ? <Failed error={error} retry={refetch} /> : <Spin className="page-spin" size="large" />;
}
