import type { PersonRef } from '@rexian/contracts';

/** `1002 韦兰`. */
export const personName = (person: PersonRef): string => [person.agentNumber, person.name].filter(Boolean).join(' ');
