export * from "./backups";
export { type BackupRule, type BackupsConfig, type BackupsInput, backupsConfig } from "./config";
