/** The pages that browser tests open, built once before the first of them. */
import { buildWeb, needsBuild, webWorkspaces } from '@rexian/cli/src/web-build.ts';

export default async function setup(): Promise<void> {
  for (const workspace of webWorkspaces) if (needsBuild(workspace)) await buildWeb(workspace, () => {});
}
