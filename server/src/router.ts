/** All routes of the contract with the features behind them. A feature adds its line here. */
import { Phrasings } from './answers/duplicates.ts';
import { answerRoutes } from './answers/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { authRoutes } from './auth/routes.ts';
import { securityRoutes } from './auth/security-routes.ts';
import type { SecurityStore } from './auth/settings.ts';
import type { Viewers } from './auth/viewers.ts';
import { categoryRoutes } from './categories/routes.ts';
import { accessCodeRoutes } from './centres/access-codes/routes.ts';
import { calendarRoutes } from './centres/calendars/routes.ts';
import { listRoutes } from './centres/lists/routes.ts';
import { numberRoutes } from './centres/numbers/routes.ts';
import { peopleRoutes } from './centres/people/routes.ts';
import { roleRoutes } from './centres/roles/routes.ts';
import type { Trees } from './centres/trees.ts';
import { unitRoutes } from './centres/units/routes.ts';
import { contactRoutes } from './contacts/routes.ts';
import { callerOfContact, statedCode } from './customers/queries.ts';
import { customerRoutes } from './customers/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import type { DeskSessions } from './desk/session.ts';
import type { DeskVerbs } from './desk/verbs.ts';
import type { Lookup } from './engines/lookup/lookup.ts';
import { smsGateway } from './engines/sms/choose.ts';
import type { PromptStore } from './engines/speech/prompts.ts';
import { answerImportRoutes } from './exchange/answer-routes.ts';
import { exchangeRoutes } from './exchange/routes.ts';
import { askForKnowledge } from './exports/jobs.ts';
import { exportRoutes } from './exports/routes.ts';
import { fileRoutes } from './files/routes.ts';
import { flowRunRoutes } from './flow-runs/routes.ts';
import { flowRoutes } from './flows/routes.ts';
import { keyRoutes } from './keys/routes.ts';
import { knowledgeFeedbackRoutes } from './knowledge/feedback-routes.ts';
import { knowledgeLibraryRoutes } from './knowledge/library-routes.ts';
import { knowledgeRoutes } from './knowledge/routes.ts';
import type { KnowledgeFinder } from './knowledge-index/finder.ts';
import { knowledgeReportRoutes } from './knowledge-reports/routes.ts';
import { knowledgeMissingRoutes, knowledgeSearchRoutes } from './knowledge-search/routes.ts';
import { lostCallRoutes } from './lost-calls/routes.ts';
import { monitorRoutes } from './monitor/routes.ts';
import { noticeRoutes } from './notices/routes.ts';
import { orderFormRoutes } from './order-forms/routes.ts';
import { orderExchangeRoutes, platform12345Routes } from './partners/inbound-routes.ts';
import { partnerRoutes } from './partners/routes.ts';
import { deskSettingsRoutes } from './phones/desk-settings.ts';
import { phoneRoutes } from './phones/routes.ts';
import { base } from './platform/api.ts';
import type { Config } from './platform/config.ts';
import type { Logger } from './platform/log.ts';
import type { Storage } from './platform/storage.ts';
import type { Store } from './platform/store.ts';
import type { Vault } from './platform/vault.ts';
import { promptRoutes } from './prompts/routes.ts';
import { publicKnowledgeRoutes } from './public-knowledge/routes.ts';
import { regionRoutes } from './queues/region-routes.ts';
import { queueRoutes } from './queues/routes.ts';
import { ruleRoutes } from './queues/rule-routes.ts';
import { smsRoutes } from './sms/routes.ts';
import { smsTemplateRoutes } from './sms/template-routes.ts';
import { Addressees } from './sms-addressees.ts';
import { supervisionRoutes } from './supervision/routes.ts';
import { TaxpayerAsking } from './taxpayers/asking.ts';
import { taxpayerRoutes } from './taxpayers/routes.ts';
import { taxpayerSourceRoutes } from './taxpayers/source-routes.ts';
import { thesaurusRoutes } from './thesaurus/routes.ts';
import { trialRoutes } from './trial/routes.ts';
import { trunkRoutes } from './trunks/routes.ts';
import { messageRoutes } from './work-orders/messages/routes.ts';
import { orderRoutes } from './work-orders/order-routes.ts';
import { savedFilterRoutes } from './work-orders/reading/saved-filters.ts';
import { orderStepRoutes } from './work-orders/step-routes.ts';
import { OrderSteps } from './work-orders/steps/steps.ts';
import { workflowRoutes } from './workflows/routes.ts';

export interface RouterOptions {
  finder: KnowledgeFinder;
  config: Config;
  store: Store;
  vault: Vault;
  sessions: DeskSessions;
  verbs: DeskVerbs;
  trees: Trees;
  viewers: Viewers;
  security: SecurityStore;
  prompts: PromptStore;
  storage: Storage;
  lookup: Lookup;
  /** Asks where other platforms may lie. */
  partnerLookup: Lookup;
  log: Logger;
}

export function createRouter(options: RouterOptions) {
  const { config, vault, store, partnerLookup } = options;
  const gateway = smsGateway(config)?.capabilities ?? null;
  const steps = new OrderSteps(store.system, vault, { gateway, perDay: config.SMS_PER_NUMBER_PER_DAY });
  const inbound = { db: store.system, vault, steps };
  const asking = new TaxpayerAsking(options);
  const phrasings = new Phrasings(store.system);
  return base.router({
    auth: authRoutes(options),
    desk: deskRoutes({ ...options, system: store.system }),
    contacts: contactRoutes({ vault }),
    customers: customerRoutes({ vault }),
    lostCalls: lostCallRoutes({ vault }),
    messages: messageRoutes({ vault }),
    orders: orderRoutes({ ...options, steps }),
    orderSteps: orderStepRoutes({ ...options, steps }),
    savedFilters: savedFilterRoutes(options),
    sms: smsRoutes({
      ...{ vault, system: store.system, gateway },
      ...{ perDay: config.SMS_PER_NUMBER_PER_DAY, addressees: new Addressees(options) },
    }),
    smsTemplates: smsTemplateRoutes(),
    notices: noticeRoutes(),
    partners: partnerRoutes({ store, vault, config, lookup: partnerLookup }),
    orderExchange: orderExchangeRoutes(inbound),
    platform12345: platform12345Routes(inbound),
    monitor: monitorRoutes(options),
    supervision: supervisionRoutes(options),
    phones: phoneRoutes(options),
    deskSettings: deskSettingsRoutes(),
    units: unitRoutes(options),
    people: peopleRoutes(options),
    roles: roleRoutes(options),
    numbers: numberRoutes(options),
    accessCodes: accessCodeRoutes(options),
    trunks: trunkRoutes(options),
    lists: listRoutes({ vault }),
    calendars: calendarRoutes(options),
    flowRuns: flowRunRoutes({ store, password: config.FLOW_TEST_PASSWORD }),
    flows: flowRoutes(options),
    workflows: workflowRoutes(options),
    categories: categoryRoutes(options),
    taxpayers: taxpayerRoutes({ ...options, steps, asking, callers: { ofContact: callerOfContact, statedCode } }),
    taxpayerSources: taxpayerSourceRoutes({ vault, asking }),
    orderForms: orderFormRoutes(options),
    knowledgeLibraries: knowledgeLibraryRoutes(options),
    knowledge: knowledgeRoutes(options),
    knowledgeFeedback: knowledgeFeedbackRoutes(options),
    knowledgeSearch: knowledgeSearchRoutes(options),
    knowledgeMissing: knowledgeMissingRoutes(options),
    knowledgeReports: knowledgeReportRoutes({
      ...options,
      askForExport: ({ viewer, scope }, trx, wanted) =>
        askForKnowledge({ personId: viewer.id, permissions: viewer.permissions, scope, vault }, trx, wanted),
    }),
    answers: answerRoutes({ store, phrasings }),
    answerImports: answerImportRoutes({ store, phrasings }),
    thesaurus: thesaurusRoutes(),
    publicKnowledge: publicKnowledgeRoutes(options),
    files: fileRoutes(),
    prompts: promptRoutes(options),
    queues: queueRoutes(options),
    routingRules: ruleRoutes(options),
    phoneRegions: regionRoutes(),
    exchange: exchangeRoutes({ ...options, steps }),
    exportJobs: exportRoutes({ ...options, steps }),
    keys: keyRoutes(),
    audit: auditRoutes(),
    security: securityRoutes(options.security),
    trial: trialRoutes({ password: config.TRIAL_PASSWORD }),
  });
}
