import { useQuery } from '@tanstack/react-query';
import { api } from '../../platform/api.ts';

/** Libraries in sight with their categories; they seldom change. */
export const useLibraries = () => useQuery(api.knowledgeLibraries.list.queryOptions({ staleTime: 30_000 }));
