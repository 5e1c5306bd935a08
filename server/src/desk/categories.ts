/** The categories that an agent files calls under: those of the own unit and of the units above. */
import { categoriesOf, chosenFrom } from '../categories/queries.ts';
import type { Seat } from './seat.ts';

export const readCategories = async ({ db, viewer }: Seat) => chosenFrom(await categoriesOf(db, viewer.unit.path));
