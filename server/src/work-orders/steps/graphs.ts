import type { WorkflowGraph } from '@rexian/workflows/graph.ts';
import { readWorkflow } from '@rexian/workflows/read.ts';
import type { Queryable } from '../../platform/db.ts';
import { publishedVersion } from '../../workflows/queries.ts';

/** Graphs kept; a version never changes. */
const KEPT = 500;

/** Workflows as they run, by version. */
export class Graphs {
  readonly #known = new Map<string, Promise<WorkflowGraph>>();

  /** `db` sees all workflows. Throws when the version can't run: only those that can are published. */
  graph(db: Queryable, id: string, version: number): Promise<WorkflowGraph> {
    const key = `${id} ${version}`;
    const known = this.#known.get(key) ?? this.#read(db, id, version);
    this.#known.delete(key);
    this.#known.set(key, known);
    known.catch(() => this.#known.delete(key));
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  async #read(db: Queryable, id: string, version: number): Promise<WorkflowGraph> {
    const { drawing } = await publishedVersion(db, { id, version });
    const { graph, faults } = await readWorkflow(drawing);
    if (!graph) throw new Error(`workflow ${id} v${version} can't run: ${faults[0]?.message ?? ''}`);
    return graph;
  }
}
