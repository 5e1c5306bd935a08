import { type KnowledgeHit, knowledgeKind } from '@rexian/contracts';
import { useEffect, useRef } from 'react';
import { validityWords } from '../knowledge/words.ts';
import { Actions, type Attach } from './Actions.tsx';
import { Highlighted } from './Highlighted.tsx';
import { useBasis } from './useBasis.ts';
import type { Looking } from './useLookup.ts';

type Props = {
  hit: KnowledgeHit;
  searchId: string;
  active: boolean;
  looking: Looking;
  attach: Attach | null;
  onOpen(): void;
};

/** What was found. The one that is looked at says its whole answer, to be read aloud at once. */
export function HitRow({ hit, searchId, active, looking, attach, onOpen }: Props) {
  const { kind, title, library, category, unit, local, uses } = hit;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <li ref={row} data-active={active || undefined} data-kind={kind}>
      <button type="button" className="lookup-hit" onClick={onOpen} aria-current={active}>
        <span className="lookup-title">
          <KindMark kind={kind} />
          <span>
            <Highlighted parts={title} />
          </span>
        </span>
        {active ? <Said hit={hit} /> : <Snippet hit={hit} />}
      </button>
      {/* What is read beside the list has the keys to itself. */}
      {active && looking.trail.length === 0 && <Handing {...{ hit, searchId, looking, attach }} within={row} />}
      <p className="lookup-facts muted">
        {local && <b className="lookup-local">本地</b>}
        <span>{`${library.name} / ${category.path}`}</span>
        <span>{unit.name}</span>
        <span>{validityWords(hit)}</span>
        {uses > 0 && <span className="num">近 30 天使用 {uses} 次</span>}
      </p>
    </li>
  );
}

export const KindMark = ({ kind }: { kind: KnowledgeHit['kind'] }) => (
  <b className="lookup-kind" data-kind={kind}>
    {knowledgeKind.labels[kind]}
  </b>
);

/** Where it says what was asked; two lines of it. */
function Snippet({ hit: { snippets, says } }: Pick<Props, 'hit'>) {
  const [best] = snippets;
  return <span className="lookup-snippet muted">{best ? <Highlighted parts={best.parts} /> : says}</span>;
}

const asksBack = ({ turn }: KnowledgeHit): boolean => turn !== null && 'ask' in turn;

function Said({ hit }: Pick<Props, 'hit'>) {
  const passage = hit.snippets.find(({ field }) => field === 'body');
  return (
    <>
      {hit.says && (
        <span className="lookup-said">
          {asksBack(hit) && <b className="lookup-asks">反问</b>}
          {hit.says}
        </span>
      )}
      {passage && (
        <span className="lookup-snippet muted">
          …<Highlighted parts={passage.parts} />…
        </span>
      )}
    </>
  );
}

type HandingProps = Pick<Props, 'hit' | 'searchId' | 'looking' | 'attach'> &
  Pick<Parameters<typeof Actions>[0], 'within'>;

/** What asks back is answered first. */
function Handing({ hit, searchId, ...rest }: HandingProps) {
  const { kind, id, says } = hit;
  const basisId = kind === 'article' ? id : hit.articleId;
  const basis = useBasis(basisId);
  if (asksBack(hit) || says === '') return null;
  return (
    <>
      {basis && <p className="lookup-basis muted">依据：{basis}</p>}
      <Actions {...rest} subject={{ kind, id, searchId, text: says, basisId }} />
    </>
  );
}
