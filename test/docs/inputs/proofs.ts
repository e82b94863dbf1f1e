// Generated from the schemas by `npm run docs`; do not edit.
import type { z } from "zod";
import type * as accountSecurity from "../../../modules/account-security";
import type * as alertChannels from "../../../modules/alert-channels";
import type * as alertChats from "../../../modules/alert-chats";
import type * as alertTopic from "../../../modules/alert-topic";
import type * as backups from "../../../modules/backups";
import type * as businessMetrics from "../../../modules/business-metrics";
import type * as circuitBreakers from "../../../modules/circuit-breakers";
import type * as codeSigning from "../../../modules/code-signing";
import type * as containerService from "../../../modules/container-service";
import type * as databaseNetwork from "../../../modules/database-network";
import type * as databaseProxy from "../../../modules/database-proxy";
import type * as deadLetterQueue from "../../../modules/dead-letter-queue";
import type * as edgeDistribution from "../../../modules/edge-distribution";
import type * as edgeFunction from "../../../modules/edge-function";
import type * as encryptionKey from "../../../modules/encryption-key";
import type * as errorBudget from "../../../modules/error-budget";
import type * as eventBus from "../../../modules/event-bus";
import type * as eventEndpoint from "../../../modules/event-endpoint";
import type * as failoverDns from "../../../modules/failover-dns";
import type * as faultExperiments from "../../../modules/fault-experiments";
import type * as faultInjection from "../../../modules/fault-injection";
import type * as functionLayer from "../../../modules/function-layer";
import type * as globalDatabase from "../../../modules/global-database";
import type * as httpApi from "../../../modules/http-api";
import type * as keyRotation from "../../../modules/key-rotation";
import type * as kpiDashboard from "../../../modules/kpi-dashboard";
import type * as loadBalancer from "../../../modules/load-balancer";
import type * as messageQueue from "../../../modules/message-queue";
import type * as pgbouncerPool from "../../../modules/pgbouncer-pool";
import type * as pipelineRoles from "../../../modules/pipeline-roles";
import type * as plainSettings from "../../../modules/plain-settings";
import type * as predictiveWarming from "../../../modules/predictive-warming";
import type * as queuePausing from "../../../modules/queue-pausing";
import type * as recoveryObjectives from "../../../modules/recovery-objectives";
import type * as replicatedSecret from "../../../modules/replicated-secret";
import type * as replicatedTable from "../../../modules/replicated-table";
import type * as savedQueries from "../../../modules/saved-queries";
import type * as schemaMigration from "../../../modules/schema-migration";
import type * as serviceDashboard from "../../../modules/service-dashboard";
import type * as serviceFunction from "../../../modules/service-function";
import type * as serviceNetwork from "../../../modules/service-network";
import type * as serviceSchedules from "../../../modules/service-schedules";
import type * as serviceTraffic from "../../../modules/service-traffic";
import type * as spendBrake from "../../../modules/spend-brake";
import type * as spendGuard from "../../../modules/spend-guard";
import type * as stateBuckets from "../../../modules/state-buckets";
import type * as tableStream from "../../../modules/table-stream";
import type * as vaultDatabaseRole from "../../../modules/vault-database-role";
import type * as vaultLogin from "../../../modules/vault-login";
import type * as vaultTransitKey from "../../../modules/vault-transit-key";
import type * as versionCanary from "../../../modules/version-canary";
import type * as warmer from "../../../modules/warmer";
import type * as webFirewall from "../../../modules/web-firewall";
import type * as edgeSite from "../../../blueprints/edge-site";
import type * as pooledDatabase from "../../../blueprints/pooled-database";
import type * as regionalContainer from "../../../blueprints/regional-container";
import type * as regionalService from "../../../blueprints/regional-service";
import type * as contract from "../../../contract";
import type * as organisation from "../../../config/organisation";
import type * as audit from "../../../config/audit";
import type { Proof, Same } from "./same";

/** Does not compile if a type differs from what its schema takes. */
export type Proofs = [
  Proof<Same<accountSecurity.AccountSecurityInput, z.input<typeof accountSecurity.accountSecurityConfig>>>,
  Proof<Same<alertChannels.AlertChannelsInput, z.input<typeof alertChannels.alertChannelsConfig>>>,
  Proof<Same<alertChats.AlertChatsInput, z.input<typeof alertChats.alertChatsConfig>>>,
  Proof<Same<alertTopic.AlertTopicInput, z.input<typeof alertTopic.alertTopicConfig>>>,
  Proof<Same<backups.BackupsInput, z.input<typeof backups.backupsConfig>>>,
  Proof<Same<businessMetrics.BusinessMetricInput, z.input<typeof businessMetrics.businessMetricConfig>>>,
  Proof<Same<businessMetrics.BusinessMetricsInput, z.input<typeof businessMetrics.businessMetricsConfig>>>,
  Proof<Same<circuitBreakers.CircuitBreakersInput, z.input<typeof circuitBreakers.circuitBreakersConfig>>>,
  Proof<Same<circuitBreakers.DependencyInput, z.input<typeof circuitBreakers.dependencyConfig>>>,
  Proof<Same<codeSigning.CodeSigningInput, z.input<typeof codeSigning.codeSigningConfig>>>,
  Proof<Same<containerService.ContainerServiceInput, z.input<typeof containerService.containerServiceConfig>>>,
  Proof<Same<databaseNetwork.DatabaseNetworkInput, z.input<typeof databaseNetwork.databaseNetworkConfig>>>,
  Proof<Same<databaseNetwork.FlowLogInput, z.input<typeof databaseNetwork.flowLogConfig>>>,
  Proof<Same<databaseProxy.DatabaseProxyInput, z.input<typeof databaseProxy.databaseProxyConfig>>>,
  Proof<Same<deadLetterQueue.DeadLetterQueueInput, z.input<typeof deadLetterQueue.deadLetterQueueConfig>>>,
  Proof<Same<edgeDistribution.EdgeDistributionInput, z.input<typeof edgeDistribution.edgeDistributionConfig>>>,
  Proof<Same<edgeDistribution.OriginRoutingInput, z.input<typeof edgeDistribution.originRoutingConfig>>>,
  Proof<Same<edgeFunction.EdgeFunctionInput, z.input<typeof edgeFunction.edgeFunctionConfig>>>,
  Proof<Same<encryptionKey.EncryptionKeyInput, z.input<typeof encryptionKey.encryptionKeyConfig>>>,
  Proof<Same<encryptionKey.ExistingKeysInput, z.input<typeof encryptionKey.existingKeys>>>,
  Proof<Same<errorBudget.ErrorBudgetInput, z.input<typeof errorBudget.errorBudgetConfig>>>,
  Proof<Same<eventBus.EventBusInput, z.input<typeof eventBus.eventBusConfig>>>,
  Proof<Same<eventBus.EventRuleInput, z.input<typeof eventBus.eventRuleConfig>>>,
  Proof<Same<eventEndpoint.EventEndpointInput, z.input<typeof eventEndpoint.eventEndpointConfig>>>,
  Proof<Same<failoverDns.FailoverDnsInput, z.input<typeof failoverDns.failoverDnsConfig>>>,
  Proof<Same<faultExperiments.AllowedHoursInput, z.input<typeof faultExperiments.allowedHoursConfig>>>,
  Proof<Same<faultExperiments.FaultExperimentsInput, z.input<typeof faultExperiments.faultExperimentsConfig>>>,
  Proof<Same<faultExperiments.FunctionFaultsInput, z.input<typeof faultExperiments.functionFaultsConfig>>>,
  Proof<Same<faultExperiments.GameDayInput, z.input<typeof faultExperiments.gameDayConfig>>>,
  Proof<Same<faultInjection.FaultInjectionInput, z.input<typeof faultInjection.faultInjectionConfig>>>,
  Proof<Same<functionLayer.FunctionLayerInput, z.input<typeof functionLayer.functionLayerConfig>>>,
  Proof<Same<globalDatabase.DatabaseCapacityInput, z.input<typeof globalDatabase.databaseCapacity>>>,
  Proof<Same<globalDatabase.GlobalDatabaseInput, z.input<typeof globalDatabase.globalDatabaseConfig>>>,
  Proof<Same<httpApi.HttpApiInput, z.input<typeof httpApi.httpApiConfig>>>,
  Proof<Same<keyRotation.KeyRotationInput, z.input<typeof keyRotation.keyRotationConfig>>>,
  Proof<Same<kpiDashboard.KpiDashboardInput, z.input<typeof kpiDashboard.kpiDashboardConfig>>>,
  Proof<Same<loadBalancer.LoadBalancerInput, z.input<typeof loadBalancer.loadBalancerConfig>>>,
  Proof<Same<messageQueue.MessageQueueInput, z.input<typeof messageQueue.messageQueueConfig>>>,
  Proof<Same<messageQueue.QueueConsumerInput, z.input<typeof messageQueue.queueConsumerConfig>>>,
  Proof<Same<pgbouncerPool.PgBouncerPoolInput, z.input<typeof pgbouncerPool.pgbouncerPoolConfig>>>,
  Proof<Same<pipelineRoles.PipelineEnvironmentInput, z.input<typeof pipelineRoles.pipelineEnvironmentConfig>>>,
  Proof<Same<pipelineRoles.PipelineRolesInput, z.input<typeof pipelineRoles.pipelineRolesConfig>>>,
  Proof<Same<plainSettings.PlainSettingsInput, z.input<typeof plainSettings.plainSettingsConfig>>>,
  Proof<Same<plainSettings.SettingsByNameInput, z.input<typeof plainSettings.settingsByName>>>,
  Proof<Same<predictiveWarming.ForecastInput, z.input<typeof predictiveWarming.forecastConfig>>>,
  Proof<Same<predictiveWarming.PredictiveWarmingInput, z.input<typeof predictiveWarming.predictiveWarmingConfig>>>,
  Proof<Same<queuePausing.QueuePausingInput, z.input<typeof queuePausing.queuePausingConfig>>>,
  Proof<Same<recoveryObjectives.RecoveryObjectivesInput, z.input<typeof recoveryObjectives.recoveryObjectivesConfig>>>,
  Proof<Same<replicatedSecret.ReplicatedSecretInput, z.input<typeof replicatedSecret.replicatedSecretConfig>>>,
  Proof<Same<replicatedSecret.SecretRotationInput, z.input<typeof replicatedSecret.secretRotationConfig>>>,
  Proof<Same<replicatedTable.ReplicatedTableInput, z.input<typeof replicatedTable.replicatedTableConfig>>>,
  Proof<Same<savedQueries.SavedQueriesInput, z.input<typeof savedQueries.savedQueriesConfig>>>,
  Proof<Same<schemaMigration.SchemaMigrationInput, z.input<typeof schemaMigration.schemaMigrationConfig>>>,
  Proof<Same<serviceDashboard.ServiceDashboardInput, z.input<typeof serviceDashboard.serviceDashboardConfig>>>,
  Proof<Same<serviceFunction.FunctionOverrideInput, z.input<typeof serviceFunction.functionOverride>>>,
  Proof<Same<serviceFunction.ServiceFunctionInput, z.input<typeof serviceFunction.serviceFunctionConfig>>>,
  Proof<Same<serviceNetwork.ServiceNetworkInput, z.input<typeof serviceNetwork.serviceNetworkConfig>>>,
  Proof<Same<serviceSchedules.ServiceScheduleInput, z.input<typeof serviceSchedules.serviceScheduleConfig>>>,
  Proof<Same<serviceTraffic.ServiceTrafficInput, z.input<typeof serviceTraffic.serviceTrafficConfig>>>,
  Proof<Same<spendBrake.BrakeInput, z.input<typeof spendBrake.brakeConfig>>>,
  Proof<Same<spendBrake.SpendBrakeInput, z.input<typeof spendBrake.spendBrakeConfig>>>,
  Proof<Same<spendGuard.SpendGuardInput, z.input<typeof spendGuard.spendGuardConfig>>>,
  Proof<Same<stateBuckets.StateBucketsInput, z.input<typeof stateBuckets.stateBucketsConfig>>>,
  Proof<Same<tableStream.StreamConsumerInput, z.input<typeof tableStream.streamConsumerConfig>>>,
  Proof<Same<vaultDatabaseRole.VaultDatabaseRoleInput, z.input<typeof vaultDatabaseRole.vaultDatabaseRoleConfig>>>,
  Proof<Same<vaultLogin.IdentityTokenInput, z.input<typeof vaultLogin.identityTokenConfig>>>,
  Proof<Same<vaultTransitKey.VaultTransitKeyInput, z.input<typeof vaultTransitKey.vaultTransitKeyConfig>>>,
  Proof<Same<versionCanary.VersionCanaryInput, z.input<typeof versionCanary.versionCanaryConfig>>>,
  Proof<Same<warmer.WarmerInput, z.input<typeof warmer.warmerConfig>>>,
  Proof<Same<webFirewall.WebFirewallInput, z.input<typeof webFirewall.webFirewallConfig>>>,
  Proof<Same<edgeSite.EdgeSiteInput, z.input<typeof edgeSite.edgeSiteConfig>>>,
  Proof<Same<pooledDatabase.PooledDatabaseInput, z.input<typeof pooledDatabase.pooledDatabaseConfig>>>,
  Proof<Same<regionalContainer.RegionalContainerInput, z.input<typeof regionalContainer.regionalContainerConfig>>>,
  Proof<Same<regionalService.RegionalServiceInput, z.input<typeof regionalService.regionalServiceConfig>>>,
  Proof<Same<contract.AcceptedDriftInput, z.input<typeof contract.acceptedDrift>>>,
  Proof<Same<contract.AccountInput, z.input<typeof contract.accountConfig>>>,
  Proof<Same<contract.AcknowledgedFindingInput, z.input<typeof contract.acknowledgedFinding>>>,
  Proof<Same<contract.AcknowledgedRemovalInput, z.input<typeof contract.acknowledgedRemoval>>>,
  Proof<Same<contract.CostsInput, z.input<typeof contract.costsConfig>>>,
  Proof<Same<contract.ExistingBusInput, z.input<typeof contract.existingBusConfig>>>,
  Proof<Same<contract.ExistingTableInput, z.input<typeof contract.existingTableConfig>>>,
  Proof<Same<contract.IamInput, z.input<typeof contract.iamConfig>>>,
  Proof<Same<contract.KeyManagementInput, NonNullable<z.input<typeof contract.keyManagementConfig>>>>,
  Proof<Same<contract.MovesFormatInput, z.input<typeof contract.movesFormat>>>,
  Proof<Same<contract.PromotionInput, z.input<typeof contract.promotionConfig>>>,
  Proof<Same<contract.QuotasInRegionsInput, NonNullable<z.input<typeof contract.quotasInRegions>>>>,
  Proof<Same<contract.RolloutBundlesInput, z.input<typeof contract.rolloutBundlesConfig>>>,
  Proof<Same<contract.RolloutInput, z.input<typeof contract.rolloutConfig>>>,
  Proof<Same<contract.S3StateInput, z.input<typeof contract.s3StateConfig>>>,
  Proof<Same<contract.StageExceptionInput, z.input<typeof contract.stageException>>>,
  Proof<Same<contract.StateInput, z.input<typeof contract.stateConfig>>>,
  Proof<Same<contract.TracingInput, z.input<typeof contract.tracingConfig>>>,
  Proof<Same<organisation.OrganisationInput, z.input<typeof organisation.organisationConfig>>>,
  Proof<Same<audit.AuditInput, z.input<typeof audit.auditConfig>>>,
];
