import type { Duplicate } from '@rexian/contracts';
import { Alert } from 'antd';
import { Link } from 'react-router';
import { errorText } from '../../platform/errors.ts';
import { answerPath } from '../paths.ts';

type Props = { rows: readonly Duplicate[]; error: unknown };

/** What is there already; it opens in a tab of its own, so that nothing that is written is left. */
export function Duplicates({ rows, error }: Props) {
  if (error) return <Alert type="warning" title={`暂不能查重：${errorText(error)}`} />;
  if (rows.length === 0) return null;
  const same = rows.some(({ likeness }) => likeness === 1);
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      className="duplicates"
      title={same ? '已有相同的问法，请确认是否需要新增' : '已有相近的问法'}
      description={
        <ul>
          {rows.map(({ answer, unit, asked, phrasing, likeness }) => (
            <li key={`${answer.id} ${asked} ${phrasing}`}>
              <b className="num">{likeness === 1 ? '相同' : `${Math.round(likeness * 100)}%`}</b>
              <span>{phrasing}</span>
              <Link to={answerPath(answer.id)} target="_blank" rel="noreferrer">
                {answer.title}
              </Link>
              <span className="muted">{unit.name}</span>
            </li>
          ))}
        </ul>
      }
    />
  );
}
