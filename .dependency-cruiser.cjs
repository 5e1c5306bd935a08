/** Imports run downward (docs/ARCHITECTURE.md): a room may use what lies below it, never what lies above. */
const layers = [
  ['contracts'],
  ['flows'],
  ['workflows'],
  ['engines'],
  ['server/src/platform'],
  ['server/src/engines'],
  ['server/src/auth', 'server/src/centres'],
  [
    'server/src/agents',
    'server/src/answers',
    'server/src/categories',
    'server/src/contacts',
    'server/src/files',
    'server/src/flows',
    'server/src/knowledge',
    'server/src/knowledge-index',
    'server/src/knowledge-reports',
    'server/src/knowledge-search',
    'server/src/notices',
    'server/src/order-forms',
    'server/src/public-knowledge',
    'server/src/prompts',
    'server/src/sms',
    'server/src/taxpayers',
    'server/src/thesaurus',
    'server/src/work-orders',
    'server/src/workflows',
  ],
  ['server/src/queues'],
  ['server/src/calls'],
  [
    'server/src/desk',
    'server/src/recordings',
    'server/src/customers',
    'server/src/lost-calls',
    'server/src/phones',
    'server/src/trial',
    'server/src/exchange',
    'server/src/exports',
    'server/src/keys',
    'server/src/audit',
  ],
  // Leaders act through what agents act with.
  ['server/src/supervision', 'server/src/flow-runs', 'server/src/partners'],
  ['server/src/monitor'],
];
const pattern = (folders) => `^(${folders.join('|')})/`;

/** Each layer must not import the layers above it. */
const upward = layers.slice(0, -1).map((layer, index) => ({
  name: `layer-${layer.map((folder) => folder.split('/').at(-1)).join('-')}`,
  severity: 'error',
  from: { path: pattern(layer), pathNot: '\\.test\\.ts$' },
  to: { path: pattern(layers.slice(index + 1).flat()) },
}));

module.exports = {
  forbidden: [
    ...upward,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contracts-do-no-io',
      severity: 'error',
      from: { path: '^contracts/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(contracts/|node_modules/(zod|@orpc/contract)/)' },
    },
    {
      name: 'flows-do-no-io',
      comment: 'Server and console run the same model; only the registry for Node looks into a folder.',
      severity: 'error',
      from: { path: '^flows/', pathNot: '^flows/src/registry\\.ts$|\\.test\\.ts$' },
      to: { pathNot: '^(flows/|contracts/|node_modules/(zod|@marcbachmann/cel-js)/)' },
    },
    {
      name: 'knowledge-does-no-io',
      severity: 'error',
      from: { path: '^knowledge/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(knowledge/|node_modules/pinyin-pro/)' },
    },
    {
      name: 'browser-has-its-own-registry',
      severity: 'error',
      from: { path: '^(flows|web|widget|softphone)/', pathNot: '(\\.test|/testing)\\.ts$' },
      to: { path: '^flows/src/registry\\.ts$' },
    },
    {
      name: 'orders-below-their-steps',
      comment: 'What is kept of an order, and how it is found, know nothing of what is done with it.',
      severity: 'error',
      from: { path: '^server/src/work-orders/(record|search)/' },
      to: { path: '^server/src/work-orders/', pathNot: '^server/src/work-orders/(record|search)/' },
    },
    {
      name: 'orders-are-read-last',
      severity: 'error',
      from: { path: '^server/src/work-orders/(registration|steps|exchange|messages)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/src/work-orders/reading/' },
    },
    {
      name: 'features-apart',
      comment: 'Business features reach each other through the layers below, never sideways.',
      severity: 'error',
      from: {
        path: '^server/src/(desk|recordings|customers|lost-calls|phones|trial|exchange|exports|keys|audit|monitor)/',
      },
      to: {
        path: '^server/src/(desk|recordings|customers|lost-calls|phones|trial|exchange|exports|keys|audit|monitor)/',
        pathNot: '^server/src/$1/',
      },
    },
    {
      name: 'browser-never-imports-server',
      severity: 'error',
      from: { path: '^(web|widget|softphone)/' },
      to: { path: '^(server|engines|cli|simulate|bench)/' },
    },
    {
      name: 'server-never-imports-its-users',
      severity: 'error',
      from: { path: '^server/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(web|widget|softphone|cli|simulate|bench|e2e)/' },
    },
    {
      name: 'wire-has-one-owner',
      comment: 'Only the ARI class talks to Asterisk, only the lookup to other systems; the speech engine has fetch.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/engines/(asterisk|lookup)/' },
      to: { path: 'node_modules/(undici|ws)/' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // swc reads no .tsx here; Biome's noRestrictedImports keeps the screens from the server instead.
    exclude: { path: '(^|/)dist/|\\.tsx$' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
