export * from "./config";
export type { AllowedFinding } from "./lint/lint-migrations";
export type { MigrationProblem } from "./migration-files";
export {
  type MigratedDatabase,
  type MigrationCount,
  type MigrationEngine,
  type Migrations,
  migrationCounts,
  type ReadMigration,
  type ReadMigrationsOptions,
  readMigrations,
  showProblem,
} from "./migrations";
export * from "./schema-migration";
