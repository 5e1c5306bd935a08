import { createContext, use } from 'react';

/** What people call what nodes point to (queues, people, …), by id. */
const NamesContext = createContext<ReadonlyMap<string, string>>(new Map());
export const NamesProvider = NamesContext.Provider;
export const useNames = () => use(NamesContext);
