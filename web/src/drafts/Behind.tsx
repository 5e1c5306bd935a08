import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { api } from '../platform/api.ts';
import type { OpenDocument } from './Presence.tsx';
import './draft.css';

type Props = OpenDocument & {
  /** What it is called: 流程. */
  what: string;
  /** As it was loaded or saved last. */
  revision: number;
  /** Here is nothing to be saved. */
  saved: boolean;
  loading?: boolean;
  onLoad(): void;
};

/** Somebody else has saved, while here is nothing to be saved. */
export function Behind({ feature, id, page, what, revision, saved, loading = false, onLoad }: Props) {
  // What `Presence` asks for.
  const { data } = useQuery({
    ...api[feature].presence.queryOptions({ input: { id, client: page } }),
    enabled: false,
  });
  if (!saved || !data || data.revision <= revision) return null;
  return (
    <Alert
      className="draft-banner"
      type="warning"
      showIcon
      title={data.draftBy ? `“${data.draftBy}”已保存新内容` : `${what}已有新内容`}
      action={
        <Button size="small" type="primary" loading={loading} onClick={onLoad}>
          载入
        </Button>
      }
    />
  );
}
