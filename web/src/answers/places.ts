/** Libraries and their categories as an answer is filed in them. */
import type { KnowledgeLibrary, UnitRef } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useViewer } from '../auth/viewer.ts';
import { api } from '../platform/api.ts';

const none: KnowledgeLibrary[] = [];

export function useLibraries() {
  const { data, ...query } = useQuery(api.knowledgeLibraries.list.queryOptions({ staleTime: 60_000 }));
  return { libraries: data ?? none, ...query };
}

/** A unit is above another, or the same. */
export const holdsFor = (above: UnitRef, below: UnitRef): boolean => `${below.path}.`.startsWith(`${above.path}.`);

/** For whom the viewer writes: the centre that they have chosen, or their own unit. */
export function useOwnUnit(): UnitRef {
  const { unit, chosenCentre } = useViewer();
  return chosenCentre ?? unit;
}

/** Who may be proposed to: the viewer's unit first, then the units above that keep a library. */
export function useTargets(): UnitRef[] {
  const unit = useOwnUnit();
  const { libraries } = useLibraries();
  return useMemo(() => {
    const above = libraries.map((each) => each.unit).filter((each) => each.id !== unit.id && holdsFor(each, unit));
    return distinct([unit, ...above.sort((a, b) => b.path.length - a.path.length)]);
  }, [libraries, unit]);
}

/** Units whose answers a list may be narrowed to. */
export function useOwners(): UnitRef[] {
  const { unit, centres } = useViewer();
  const { libraries } = useLibraries();
  return useMemo(
    () => distinct([unit, ...centres, ...libraries.map((library) => library.unit)]),
    [unit, centres, libraries],
  );
}

const distinct = (units: readonly UnitRef[]): UnitRef[] => [...new Map(units.map((unit) => [unit.id, unit])).values()];

/** 发票管理 / 开具, of a category; empty: it is not known. */
export function categoryPath({ categories }: KnowledgeLibrary, id: string | null): string {
  const found = categories.find((each) => each.id === id);
  if (!found) return '';
  const above = categoryPathOf(categories, found.parentId);
  return [...above, found.name].join(' / ');
}

function categoryPathOf(categories: KnowledgeLibrary['categories'], id: string | null): string[] {
  const found = categories.find((each) => each.id === id);
  return found ? [...categoryPathOf(categories, found.parentId), found.name] : [];
}

/** 发票 · 发票管理 / 开具 */
export function placeName(libraries: readonly KnowledgeLibrary[], at: { libraryId: string; categoryId: string }) {
  const library = libraries.find(({ id }) => id === at.libraryId);
  return library ? [library.name, categoryPath(library, at.categoryId)].filter(Boolean).join(' · ') : '';
}

export interface PlaceNode {
  /** `library:…` or a category's id. */
  value: string;
  title: string;
  /** Shown once chosen: the whole way. */
  label: string;
  selectable: boolean;
  children: PlaceNode[];
}

export const libraryValue = (id: string): string => `library:${id}`;

/** As a tree to choose from; `whole`: a library itself may be chosen. What is out of use is left out but for `keep`. */
export function placeTree(libraries: readonly KnowledgeLibrary[], { whole = false, keep = '' } = {}): PlaceNode[] {
  return libraries
    .filter((library) => library.enabled || library.categories.some(({ id }) => id === keep))
    .map((library) => {
      const below = (parentId: string | null, path: string): PlaceNode[] =>
        library.categories
          .filter((each) => each.parentId === parentId && (each.enabled || each.id === keep))
          .map(({ id, name }) => {
            const label = `${path} / ${name}`;
            return { value: id, title: name, label, selectable: true, children: below(id, label) };
          });
      const { id, name } = library;
      const children = below(null, name);
      return { value: libraryValue(id), title: name, label: name, selectable: whole, children };
    });
}
