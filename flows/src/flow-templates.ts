/** Flows to begin with. */
import { afterHoursTemplate } from './flow-templates/after-hours.ts';
import { branchTemplate } from './flow-templates/branch.ts';
import { mainTemplate } from './flow-templates/main.ts';
import { satisfactionTemplate } from './flow-templates/satisfaction.ts';
import type { FlowTemplate } from './flow-templates/template.ts';

export const flowTemplates: readonly FlowTemplate[] = [
  mainTemplate,
  branchTemplate,
  afterHoursTemplate,
  satisfactionTemplate,
];
