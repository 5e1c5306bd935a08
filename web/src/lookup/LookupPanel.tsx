import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import type { Attach } from './Actions.tsx';
import { focusLookup } from './field.ts';
import { tabKey } from './keys.ts';
import { LookupList } from './LookupList.tsx';
import { Reading } from './Reading.tsx';
import { SearchField } from './SearchField.tsx';
import { Tabs, useLibraries } from './Tabs.tsx';
import type { Looking } from './useLookup.ts';
import { useRows } from './useRows.ts';
import './lookup.css';
import { knowledgeReaders } from '@rexian/contracts';

type Props = {
  looking: Looking;
  /** null: nothing is being registered. */
  attach: Attach | null;
};

/** 知识 beside a call: asked, read aloud and handed on by keyboard. Folded to its field until somebody asks, where width is scarce. */
export function LookupPanel(props: Props) {
  return may(useViewer(), ...knowledgeReaders) ? <Panel {...props} /> : null;
}

function Panel({ looking, attach }: Props) {
  const { text, trail, active, filters, step, open } = looking;
  const [folded, setFolded] = useState(text === '' && trail.length === 0);
  const panel = useRef<HTMLElement>(null);
  /** Where the keyboard was before. */
  const before = useRef<HTMLElement | null>(null);
  const libraries = useLibraries();
  const rows = useRows(looking);
  const comeIn = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof HTMLElement && !panel.current?.contains(relatedTarget)) before.current = relatedTarget;
  };
  const leave = () => {
    if (before.current?.isConnected) before.current.focus({ preventScroll: true });
    if (text === '') setFolded(true);
  };
  const back = () => {
    step({ type: 'back' });
    // What the last one was opened from is read again by itself; the list is gone through from the field.
    if (trail.length <= 1) requestAnimationFrame(focusLookup);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !panel.current?.contains(event.target as Node)) return;
    const tab = tabKey(event.nativeEvent);
    if (event.key === 'Escape') trail.length > 0 ? back() : leave();
    else if (tab !== null && tab <= libraries.length)
      step({ type: 'filtered', filters: { ...filters, libraryId: libraries[tab - 1]?.id, categoryId: undefined } });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const enter = () => {
    const row = rows.openable[active];
    if (row) open(row, active);
    else step({ type: 'asked' });
  };
  return (
    <section
      className="panel lookup"
      aria-label="知识"
      data-folded={folded || undefined}
      ref={panel}
      onFocus={comeIn}
      onKeyDown={press}
    >
      <div className="lookup-head">
        <SearchField
          value={text}
          onFocus={() => setFolded(false)}
          onChange={(next) => step({ type: 'typed', text: next })}
          onEnter={enter}
          onMove={(by) => step({ type: 'moved', by, among: rows.openable.length })}
        />
        <Button
          className="lookup-fold"
          type="text"
          size="small"
          icon={folded ? <DownOutlined /> : <UpOutlined />}
          aria-label={folded ? '展开知识' : '收起知识'}
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        />
      </div>
      <div className="lookup-body">
        {trail.length > 0 ? (
          <Reading {...{ looking, attach }} onBack={back} />
        ) : (
          <>
            <Tabs {...{ libraries, looking }} facets={rows.found.data?.pages[0]?.facets} />
            <div className="lookup-scroll">
              <LookupList {...{ rows, looking, attach }} />
            </div>
          </>
        )}
      </div>
    </section>
  );
}
