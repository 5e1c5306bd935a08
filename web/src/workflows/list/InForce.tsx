import { type WorkflowInForce, workOrderKind } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { Link } from 'react-router';
import { api } from '../../platform/api.ts';
import './list.css';

/** By which workflows new orders of a unit walk, by kind and where categories have one of their own. */
export function InForce({ unitId }: { unitId: string }) {
  const { data } = useQuery(api.workflows.inForce.queryOptions({ input: { unitId } }));
  if (!data) return null;
  return (
    <Alert
      type="info"
      title={
        <span className="workflows-in-force">
          新工单适用：
          {data.map(({ kind, workflow, byCategory }) => (
            <span key={kind}>
              {workOrderKind.labels[kind]} {workflow ? <Named {...workflow} /> : <span className="muted">无</span>}
              {byCategory.map((each) => (
                <span key={each.category?.id}>
                  ，{each.category?.path} <Named {...each} />
                </span>
              ))}
            </span>
          ))}
        </span>
      }
    />
  );
}

function Named({ id, name, version, unit }: WorkflowInForce) {
  return (
    <Link to={`/workflows/${id}`}>
      {name} v{version}（{unit.name}）
    </Link>
  );
}
