import { knowledgeReaders } from '@rexian/contracts';
import { useNavigate } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { focusLookup } from './field.ts';
import { useLookupKeys } from './keys.ts';

/** Alt+K from anywhere: into the search beside the call, or to its page where there is none. */
export function useLookupFocus(): void {
  const viewer = useViewer();
  const navigate = useNavigate();
  useLookupKeys((key) => {
    if (key !== 'focus' || !may(viewer, ...knowledgeReaders)) return;
    if (!focusLookup()) void navigate('/lookup');
  });
}
