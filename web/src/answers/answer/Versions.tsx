import type { Answer } from '@rexian/contracts';
import { Collapse } from 'antd';
import { fullDateMinute } from '../../platform/format.ts';
import { Difference } from '../difference/Difference.tsx';
import { TurnTree } from '../turn/TurnTree.tsx';

/** Every version, newest first, with what it changed. */
export function Versions({ answer: { versions } }: { answer: Answer }) {
  const items = versions.map(({ version, at, by, from, content }, index) => {
    const before = versions[index + 1];
    return {
      key: String(version),
      label: (
        <>
          <b>版本 {version}</b>{' '}
          <span className="muted num">
            {fullDateMinute(at)} {from} {by}
          </span>
        </>
      ),
      children: before ? (
        <Difference before={before.content} after={content} />
      ) : (
        <>
          <p className="muted">首个版本</p>
          <TurnTree turn={content.turn} />
        </>
      ),
    };
  });
  return (
    <section className="panel answer-versions" aria-label="历史版本">
      <h2>
        历史版本 <small>{versions.length} 个</small>
      </h2>
      <Collapse
        ghost
        size="small"
        items={items}
        defaultActiveKey={versions.length > 1 ? [String(versions[0]?.version)] : []}
      />
    </section>
  );
}
