import type { OpenEditor } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Avatar, Tooltip } from 'antd';
import { useEffect } from 'react';
import { api, client } from '../platform/api.ts';
import { wallOf } from '../platform/beijing.ts';
import './toolbar.css';

const EVERY_MS = 10_000;

export interface OpenDocument {
  feature: 'flows' | 'workflows' | 'knowledge';
  /** The document's. */
  id: string;
  /** Tells this opened editor from others. */
  page: string;
}

/** Says that this page is here, and tells who else is. */
export function Presence({ feature, id, page }: OpenDocument) {
  const presence = useQuery({
    ...api[feature].presence.queryOptions({ input: { id, client: page } }),
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: true,
  });
  const { refetch } = presence;
  useEffect(() => {
    // Whoever is left behind is forgotten after some seconds anyway.
    const leave = () => void client[feature].presence({ id, client: page, leaving: true }).catch(() => undefined);
    const comeBack = ({ persisted }: PageTransitionEvent) => persisted && void refetch();
    addEventListener('pagehide', leave);
    addEventListener('pageshow', comeBack);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', comeBack);
      leave();
    };
  }, [feature, id, page, refetch]);
  const others = presence.data?.editors.filter(({ mine }) => !mine) ?? [];
  return (
    <span className="presence">
      {others.length > 0 && (
        <Avatar.Group size={24} max={{ count: 3 }}>
          {others.map((other) => (
            <Tooltip key={`${other.name} ${other.since.getTime()}`} title={`${told(other)}`}>
              <Avatar>{other.name.slice(-1)}</Avatar>
            </Tooltip>
          ))}
        </Avatar.Group>
      )}
      {others.length > 0 && <span className="presence-who">{who(others)}也在编辑</span>}
    </span>
  );
}

const told = ({ name, since }: OpenEditor): string => `${name}，${wallOf(since).format('HH:mm')} 打开`;

function who(others: readonly OpenEditor[]): string {
  const names = [...new Set(others.map(({ name }) => name))];
  return names.length > 2 ? `${names.slice(0, 2).join('、')}等 ${names.length} 人` : names.join('、');
}
