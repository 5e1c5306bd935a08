import { callerClass, type PlacementPreview } from '@rexian/contracts';
import { Tag } from '../../platform/Tag.tsx';
import { agentName } from '../AgentSelect.tsx';
import { spanText } from '../words.ts';

/** The verdict first, what it rests on below. */
export function PreviewAnswer({ answer }: { answer: PlacementPreview }) {
  const { queue, refused, reasons } = answer;
  return (
    <div className="preview-verdict" data-testid="preview" data-refused={refused ?? undefined}>
      <strong>
        {refused ? (
          <Tag tone="fault">
            {refused === 'full' ? `“${queue.name}”排队已满，不能进入` : `“${queue.name}”已停用，不能进入`}
          </Tag>
        ) : (
          <Tag tone="ready">进入“{queue.name}”</Tag>
        )}
      </strong>
      <dl>
        {factsOf(answer).map(([name, value]) => (
          <div className="preview-fact" key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {reasons.length > 0 ? (
        <ol>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ol>
      ) : (
        <p className="muted">没有符合的规则，按到达先后排队。</p>
      )}
    </div>
  );
}

function factsOf({ priority, region, classes, wanted, before, waitMs }: PlacementPreview): [string, string][] {
  return [
    ['优先级', String(priority)],
    ['归属地', region || '未知'],
    ...(classes.length > 0
      ? [['来电类别', classes.map((each) => callerClass.labels[each]).join('、')] satisfies [string, string]]
      : []),
    ...(wanted
      ? [
          [
            '优先坐席',
            `${wanted.persons.map(agentName).join('、')}（${wanted.seconds > 0 ? `前 ${wanted.seconds} 秒仅由其接听` : '优先接听'}）`,
          ] satisfies [string, string],
        ]
      : []),
    ['前面', `${before} 位`],
    ['预计等待', waitMs === null ? '无坐席在岗' : waitText(waitMs)],
  ];
}

/** Minutes are as exact as an estimate can be. */
const waitText = (waitMs: number): string =>
  waitMs < 60_000 ? '不到 1 分钟' : `约 ${spanText(Math.ceil(waitMs / 60_000) * 60)}`;
