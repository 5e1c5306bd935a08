import type { FormField } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import { VersionList } from '../../drafts/VersionList.tsx';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { PageDrawer } from '../../platform/PageDrawer.tsx';
import { Preview } from './Preview.tsx';
import type { Design } from './useDesign.ts';

type Props = { design: Design; readOnly: boolean; onClose(): void };

/** Every version that orders were made with; an older one can be taken up again. */
export function HistoryDrawer({ design, readOnly, onClose }: Props) {
  const { form, setFields } = design;
  const list = usePages(
    api.orderForms.versions.infiniteOptions({ input: paged({ id: form.id, limit: 30 }), ...paging }),
  );
  const [chosen, setChosen] = useState(form.version);
  const take = (fields: FormField[]) => {
    setFields(fields);
    onClose();
  };
  const rows = list.rows.map((row) => ({ ...row, note: '', restoredFrom: null }));
  return (
    <PageDrawer open title="历史版本" size="min(1080px, 96vw)" onClose={onClose}>
      {list.error ? (
        <Failed error={list.error} retry={list.refetch} />
      ) : (
        <div className="history">
          <VersionList list={{ ...list, rows }} chosen={chosen} inUse={form.version} onChoose={setChosen} />
          <Version
            key={chosen}
            formId={form.id}
            version={chosen}
            onTake={readOnly || chosen === form.version ? null : take}
          />
        </div>
      )}
    </PageDrawer>
  );
}

type VersionProps = { formId: string; version: number; onTake: ((fields: FormField[]) => void) | null };

function Version({ formId, version, onTake }: VersionProps) {
  // A version never changes.
  const { data, error, isLoadingError, refetch } = useQuery(
    api.orderForms.version.queryOptions({
      input: { id: formId, version },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return <Spin />;
  return (
    <div className="history-version">
      <header>
        <b>版本 {version}</b>
        {onTake && <Button onClick={() => onTake(data.fields)}>载入版本 {version}</Button>}
      </header>
      <Preview fields={data.fields} />
    </div>
  );
}
