export { rotateAsteriskLog } from './asterisk/logs.ts';
export { type AsteriskOptions, type RunningAsterisk, startAsterisk } from './asterisk/start.ts';
export { EngineError, type EngineErrorCode } from './errors.ts';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './postgres/start.ts';
export { enginePackages, type Installed, type InstallOptions, installPrefix } from './prefix/install.ts';
export type { Progress, Report } from './report.ts';
export { defaultHome } from './system/files.ts';
export { asteriskFolders, type Tool, type ToolName, tool } from './tools.ts';
