import type { Prompt } from '@rexian/contracts';
import { Button, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { useSettled } from '../forms/useSettled.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { ListTable } from '../listing/ListTable.tsx';
import { actionColumn, ChangeOrRemove } from '../listing/RowActions.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api, client } from '../platform/api.ts';
import { dateTime, duration } from '../platform/format.ts';
import { ListenButton } from '../platform/ListenButton.tsx';
import { useListening } from '../platform/useListening.ts';
import { useTitle } from '../platform/useTitle.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { PromptForm, touches } from './PromptForm.tsx';
import { SpreadDrawer } from './SpreadDrawer.tsx';
import './prompts.css';

type Open = { what: 'form'; prompt: Prompt | null } | { what: 'spread'; prompt: Prompt };

/** 语音库: what callers hear, centre by centre. */
export default function PromptsPage() {
  useTitle('语音库');
  const manages = may(useViewer(), 'prompts.manage');
  const [unitId, setUnitId] = useState<string | undefined>();
  const [search, setSearch] = useState('');
  const list = usePrompts(unitId, useSettled(search.trim()));
  const listening = useListening();
  const [open, setOpen] = useState<Open | null>(null);
  const show = (next: Open | null) => {
    listening.stop();
    setOpen(next);
  };
  const shown = [...told, heard(listening), ...changes];
  const actions = (prompt: Prompt) => (
    <Actions
      prompt={prompt}
      onChange={() => show({ what: 'form', prompt })}
      onSpread={() => show({ what: 'spread', prompt })}
    />
  );
  return (
    <div className="list-page">
      <section className="list-tools" aria-label="查询条件">
        <UnitSelect
          placeholder="全部机构"
          allowClear
          style={{ width: 220 }}
          value={unitId ?? null}
          onChange={setUnitId}
        />
        <SearchInput label="搜索语音" placeholder="名称或文字" value={search} onChange={setSearch} />
        <div className="list-end">
          {manages && <AddButton onClick={() => show({ what: 'form', prompt: null })}>新增语音</AddButton>}
        </div>
      </section>
      <ListTable
        list={list}
        columns={manages ? [...shown, actionColumn(190, actions)] : shown}
        scroll={{ x: 1080 }}
        empty={search || unitId ? '没有符合条件的语音' : '还没有语音'}
      />
      {open?.what === 'form' && <PromptForm prompt={open.prompt} onClose={() => setOpen(null)} />}
      {open?.what === 'spread' && <SpreadDrawer prompt={open.prompt} onClose={() => setOpen(null)} />}
    </div>
  );
}

const usePrompts = (unitId: string | undefined, search: string) =>
  usePages(
    api.prompts.list.infiniteOptions({
      input: paged({ ...(unitId ? { unitId } : {}), ...(search ? { search } : {}), limit: 50 }),
      ...paging,
    }),
  );

const told: TableColumnType<Prompt>[] = [
  { title: '名称', dataIndex: 'name', width: 160, className: 'wrapping' },
  { title: '机构', key: 'unit', width: 150, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '文字', dataIndex: 'text', className: 'wrapping prompt-text' },
];

const heard = (listening: ReturnType<typeof useListening>): TableColumnType<Prompt> => ({
  title: '播放',
  key: 'heard',
  width: 190,
  render: (_, { id, name, recording }) => (
    <span className="prompt-play">
      <ListenButton
        state={listening.stateOf(id)}
        label={name}
        onClick={() => listening.toggle(id, async () => (await client.prompts.listen({ id })).audio)}
      >
        试听
      </ListenButton>
      <span className="muted">{recording ? `录音 ${duration(recording.durationMs)}` : '合成'}</span>
    </span>
  ),
});

const changes: TableColumnType<Prompt>[] = [
  {
    title: '修改',
    key: 'changed',
    width: 180,
    ellipsis: true,
    render: (_, { changedAt, changedBy }) => `${dateTime(changedAt)} ${changedBy}`,
  },
];

type ActionProps = { prompt: Prompt; onChange(): void; onSpread(): void };

function Actions({ prompt, onChange, onSpread }: ActionProps) {
  const { id, revision, name, unit, can } = prompt;
  const spread = (
    <Button type="link" size="small" onClick={onSpread}>
      批量更换
    </Button>
  );
  const remove = useAction({ run: client.prompts.remove, touches, done: '已删除' });
  if (!can.change) return spread;
  const removal = {
    title: `删除语音“${name}”？`,
    content: `${unit.name}的流程将不能再使用它。`,
    okText: '删除',
    run: () => remove.act({ id, revision }),
  };
  return (
    <>
      {spread}
      <ChangeOrRemove onChange={onChange} removal={removal} />
    </>
  );
}
