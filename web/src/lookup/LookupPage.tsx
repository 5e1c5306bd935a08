import { Button } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useTitle } from '../platform/useTitle.ts';
import { AdvancedSearch } from './AdvancedSearch.tsx';
import { Facets } from './Facets.tsx';
import { focusLookup } from './field.ts';
import { HotOf } from './HotOf.tsx';
import { LookupList } from './LookupList.tsx';
import { Reading } from './Reading.tsx';
import { SearchField } from './SearchField.tsx';
import { useLibraries } from './Tabs.tsx';
import { useLookup } from './useLookup.ts';
import { useRows } from './useRows.ts';
import './lookup.css';
import './page.css';

/** 知识检索 away from calls: the same by keyboard, with room for what narrows it, and what is read beside what was found. */
export default function LookupPage() {
  useTitle('知识检索');
  const looking = useLookup(null, useSearchParams()[0].get('q') ?? '');
  const { text, trail, active, step, open } = looking;
  const [week, setWeek] = useState<string>();
  const [advanced, setAdvanced] = useState(false);
  const libraries = useLibraries();
  const rows = useRows(looking, week);
  const enter = () => {
    const row = rows.openable[active];
    if (row) read(row, active);
    else step({ type: 'asked' });
  };
  // Beside the list, another one is read in place of the last.
  const read: typeof open = (opened, at) => {
    for (const _ of trail) step({ type: 'back' });
    open(opened, at);
  };
  const back = () => {
    step({ type: 'back' });
    if (trail.length <= 1) focusLookup();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || trail.length === 0) return;
    event.preventDefault();
    back();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields and buttons in it
    <div className="lookup lookup-page" data-reading={trail.length > 0 || undefined} onKeyDown={press}>
      <header className="panel lookup-ask">
        <SearchField
          focused
          size="large"
          value={text}
          onChange={(next) => step({ type: 'typed', text: next })}
          onEnter={enter}
          onMove={(by) => step({ type: 'moved', by, among: rows.openable.length })}
        />
        <Button size="large" type="primary" onClick={() => step({ type: 'asked' })}>
          检索
        </Button>
        <Button size="large" aria-expanded={advanced} onClick={() => setAdvanced(!advanced)}>
          高级检索
        </Button>
        {advanced && <AdvancedSearch onAsk={(fields) => step({ type: 'asked', fields })} />}
      </header>
      <Facets {...{ libraries, looking }} facets={rows.found.data?.pages[0]?.facets} />
      <section className="panel lookup-results" aria-label="检索结果">
        {rows.showing === 'hot' && <HotOf {...{ week, looking }} onWeek={setWeek} />}
        <LookupList {...{ rows, attach: null }} looking={{ ...looking, open: read }} />
      </section>
      {trail.length > 0 && (
        <section className="panel lookup-reading" aria-label="知识">
          <Reading {...{ looking, attach: null }} onBack={back} />
        </section>
      )}
    </div>
  );
}
