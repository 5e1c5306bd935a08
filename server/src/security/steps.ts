import type { ContractProcedure, InferSchemaInput } from '@orpc/contract';
import type { ErrorCode } from '../platform/errors.ts';
import type { WorldCentre } from '../testing/world.ts';

export interface Step<Input> {
  input(of: WorldCentre): Input;
  /**
   * Asked about another centre's things: `not_found` as if they didn't exist; `nothing`: an answer in which they don't occur; `no_ids`: the
   * route asks about nothing in particular.
   */
  foreign: 'not_found' | 'nothing' | 'no_ids';
  /** What else than success is right for the own centre's things in this small world. */
  refusals?: ErrorCode[];
}

export type Steps<T> = {
  [K in keyof T]: T[K] extends ContractProcedure<infer Input, infer _Output, infer _Errors, infer _Meta>
    ? Step<InferSchemaInput<Input>>
    : Steps<T[K]>;
};
