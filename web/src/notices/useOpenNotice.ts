import type { Notice } from '@rexian/contracts';
import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { useAction } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';

/** Goes where a notice leads, and counts it as read. */
export function useOpenNotice() {
  const navigate = useNavigate();
  const { act } = useAction({ run: client.notices.read, touches: [api.notices.key()] });
  return useCallback(
    ({ id, link, readAt }: Notice) => {
      if (readAt === null) void act({ id });
      if (link !== null) void navigate(link);
    },
    [act, navigate],
  );
}
