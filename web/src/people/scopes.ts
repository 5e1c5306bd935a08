import type { DataScope, Person } from '@rexian/contracts';

/** What each scope shows, in a plain sentence about this person. */
export function scopeSentence(scope: DataScope, unitName: string): string {
  switch (scope) {
    case 'own':
      return '只能看到本人处理的数据';
    case 'unit':
      return `能看到“${unitName}”的数据，不含下级机构`;
    case 'centre':
      return `能看到“${unitName}”所属热线中心的数据，不含下级中心`;
    case 'subtree':
      return `能看到“${unitName}”及其全部下级机构的数据`;
    case 'all':
      return '能看到所有机构的数据';
  }
}

/** What a list says in one cell: the scope and how much is entitled beside it. */
export function scopeSummary(person: Pick<Person, 'scope' | 'entitled'>, label: string): string {
  return person.entitled.length === 0 ? label : `${label} + ${person.entitled.length} 个机构`;
}
