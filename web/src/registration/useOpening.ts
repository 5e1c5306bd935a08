import { useQuery } from '@tanstack/react-query';
import { useViewer } from '../auth/viewer.ts';
import { openRegistration } from './openRegistration.ts';

type Asked = Omit<Parameters<typeof openRegistration>[0], 'person'> & { turn?: number };

/** Opens a registration once: what is typed then is nobody else's to change. `turn` counts those that were made of one call. */
export function useOpening({ turn = 0, ...asked }: Asked) {
  const { id: person } = useViewer();
  return useQuery({
    queryKey: ['registration', asked, turn],
    queryFn: () => openRegistration({ person, ...asked }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    enabled: ({ state }) => state.data === undefined,
  });
}
