import { capacityRange } from "../rules/databases";
import { kmsKeyArn, securityGroupId, subnetId } from "./common";
import type { Family, OwnLimits } from "./type-values";

const api = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const createCluster = `${api}/API_CreateDBCluster.html`;
const createInstance = `${api}/API_CreateDBInstance.html`;
const createSubnetGroup = `${api}/API_CreateDBSubnetGroup.html`;
const parameterGroup = `${api}/API_CreateDBClusterParameterGroup.html`;
const poolConfiguration = `${api}/API_ConnectionPoolConfiguration.html`;
const serverless = `${api}/API_ServerlessV2ScalingConfiguration.html`;

const databaseName: OwnLimits = {
  minLength: 1,
  maxLength: 63,
  pattern: "^[A-Za-z][A-Za-z0-9_]*$",
  says: "is not a valid database name; begin with a letter, and use letters, digits and underscores",
  because: "PostgreSQL cuts names off at 63 bytes",
  see: createCluster,
};

const subnetGroupName: OwnLimits = {
  minLength: 1,
  maxLength: 255,
  pattern: "^[A-Za-z][A-Za-z0-9._ -]*$",
  says: "is not a valid subnet group name; begin with a letter, and use letters, digits, periods, underscores and hyphens",
  see: createSubnetGroup,
};

const engineVersion: OwnLimits = {
  pattern: "^[0-9]+(\\.[0-9A-Za-z_-]+)*$",
  says: "is not a valid engine version; write it like 16.6",
  see: createCluster,
};

const time = "([01][0-9]|2[0-3]):[0-5][0-9]";

const window = (example: string, day: string): OwnLimits => ({
  pattern: `^${day}${time}-${day}${time}$`,
  says: `is not a valid time window; write it like ${example}, in UTC`,
  see: createCluster,
});

const maintenance = window("sun:04:00-sun:05:00", "([Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|[Ss]at|[Ss]un):");

/** Values of RDS, Aurora and their proxies. */
export const databases: Family = {
  aws_db_proxy: {
    api: ["rds.CreateDBProxy"],
    cfn: "AWS::RDS::DBProxy",
    members: { name: "DBProxyName", require_tls: "RequireTLS", "auth.iam_auth": "IAMAuth" },
    own: {
      idle_client_timeout: {
        min: 1,
        max: 28_800,
        see: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-creating.html",
      },
      "vpc_security_group_ids.*": securityGroupId,
      "vpc_subnet_ids.*": subnetId,
    },
  },
  aws_db_proxy_default_target_group: {
    api: ["rds.ModifyDBProxyTargetGroup"],
    cfn: "AWS::RDS::DBProxyTargetGroup",
    members: {
      connection_pool_config: ["ConnectionPoolConfig", "ConnectionPoolConfigurationInfo"],
    },
    own: {
      "connection_pool_config.connection_borrow_timeout": { min: 0, max: 300, see: poolConfiguration },
      "connection_pool_config.max_connections_percent": { min: 1, max: 100, see: poolConfiguration },
      "connection_pool_config.max_idle_connections_percent": { min: 0, max: 100, see: poolConfiguration },
      "connection_pool_config.session_pinning_filters.*": { enum: ["EXCLUDE_VARIABLE_SETS"], see: poolConfiguration },
    },
    unchecked: { "connection_pool_config.init_query": "SQL, which only the database can check" },
  },
  aws_db_proxy_endpoint: {
    api: ["rds.CreateDBProxyEndpoint"],
    cfn: "AWS::RDS::DBProxyEndpoint",
    own: { "vpc_security_group_ids.*": securityGroupId, "vpc_subnet_ids.*": subnetId },
  },
  aws_db_proxy_target: {
    api: ["rds.RegisterDBProxyTargets"],
    members: { db_cluster_identifier: "DBClusterIdentifiers", db_instance_identifier: "DBInstanceIdentifiers" },
    own: {
      db_cluster_identifier: {
        minLength: 1,
        maxLength: 63,
        pattern: "^[A-Za-z](-?[A-Za-z0-9])*$",
        says: "is not a valid cluster identifier; begin with a letter, and use letters, digits and single hyphens",
        see: createCluster,
      },
    },
  },
  aws_db_subnet_group: {
    api: ["rds.CreateDBSubnetGroup"],
    cfn: "AWS::RDS::DBSubnetGroup",
    members: { name: "DBSubnetGroupName", description: "DBSubnetGroupDescription" },
    own: {
      description: { minLength: 1, maxLength: 255, see: createSubnetGroup },
      name: subnetGroupName,
      "subnet_ids.*": subnetId,
    },
  },
  aws_rds_cluster: {
    api: ["rds.CreateDBCluster", "rds.DeleteDBCluster"],
    cfn: "AWS::RDS::DBCluster",
    members: {
      cluster_identifier: "DBClusterIdentifier",
      final_snapshot_identifier: "FinalDBSnapshotIdentifier",
      iam_database_authentication_enabled: "EnableIAMDatabaseAuthentication",
      enabled_cloudwatch_logs_exports: "EnableCloudwatchLogsExports",
      master_password_wo: "MasterUserPassword",
      master_password: "MasterUserPassword",
      db_cluster_instance_class: "DBClusterInstanceClass",
      serverlessv2_scaling_configuration: "ServerlessV2ScalingConfiguration",
    },
    own: {
      database_name: databaseName,
      db_subnet_group_name: subnetGroupName,
      engine: {
        enum: ["aurora-mysql", "aurora-postgresql", "mysql", "postgres"],
        see: createCluster,
      },
      engine_mode: { enum: ["provisioned", "serverless", "parallelquery", "global"], see: createCluster },
      engine_version: engineVersion,
      "enabled_cloudwatch_logs_exports.*": {
        enum: ["audit", "error", "general", "instance", "slowquery", "iam-db-auth-error", "postgresql", "upgrade"],
        see: createCluster,
      },
      final_snapshot_identifier: {
        minLength: 1,
        maxLength: 255,
        pattern: "^[A-Za-z](-?[A-Za-z0-9])*$",
        says: "is not a valid snapshot identifier; begin with a letter, and use letters, digits and single hyphens",
        see: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html",
      },
      kms_key_id: kmsKeyArn,
      port: { min: 1150, max: 65_535, see: createCluster },
      backup_retention_period: { min: 0, max: 35, see: createCluster },
      preferred_backup_window: window("02:00-03:00", ""),
      preferred_maintenance_window: maintenance,
      "serverlessv2_scaling_configuration.max_capacity": { min: 1, max: 256, see: serverless },
      "serverlessv2_scaling_configuration.min_capacity": { min: 0, max: 256, see: serverless },
      "vpc_security_group_ids.*": securityGroupId,
      source_region: {
        pattern: "^[a-z]{2}(-[a-z]+)+-[0-9]$",
        says: "is not an AWS region; write it like eu-west-1",
        see: createCluster,
      },
    },
    computed: { master_password_wo_version: "a number of ours, which goes up when the password is made anew" },
    rules: [capacityRange],
  },
  aws_rds_cluster_instance: {
    api: ["rds.CreateDBInstance"],
    cfn: "AWS::RDS::DBInstance",
    members: {
      identifier: "DBInstanceIdentifier",
      instance_class: "DBInstanceClass",
      cluster_identifier: "DBClusterIdentifier",
      performance_insights_enabled: "EnablePerformanceInsights",
    },
    own: {
      db_subnet_group_name: subnetGroupName,
      engine: { enum: ["aurora-mysql", "aurora-postgresql", "mysql", "postgres"], see: createInstance },
      engine_version: engineVersion,
      instance_class: {
        pattern: "^db\\.(serverless|[a-z0-9-]+\\.[a-z0-9-]+(\\.tpc[0-9]\\.mem[0-9]x)?)$",
        says: "is not a valid database instance class; write it like db.r7g.large, or db.serverless",
        see: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.html",
      },
      monitoring_interval: { enum: ["0", "1", "5", "10", "15", "30", "60"], see: createInstance },
      performance_insights_kms_key_id: kmsKeyArn,
      preferred_maintenance_window: maintenance,
      promotion_tier: { min: 0, max: 15, see: createInstance },
    },
  },
  aws_rds_cluster_parameter_group: {
    api: ["rds.CreateDBClusterParameterGroup", "rds.ModifyDBClusterParameterGroup"],
    cfn: "AWS::RDS::DBClusterParameterGroup",
    members: {
      name: "DBClusterParameterGroupName",
      family: "DBParameterGroupFamily",
      parameter: "/rds.ModifyDBClusterParameterGroup.Parameters",
      "parameter.name": "ParameterName",
      "parameter.value": "ParameterValue",
    },
    own: {
      description: { minLength: 1, maxLength: 255, see: parameterGroup },
      family: {
        pattern: "^[a-z]+(-[a-z]+)*[0-9]+(\\.[0-9]+)*$",
        says: "is not a valid parameter group family; write it like aurora-postgresql16",
        see: parameterGroup,
      },
      "parameter.name": {
        pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$",
        says: "is not a valid parameter name; copy it from `aws rds describe-engine-default-cluster-parameters`",
        see: parameterGroup,
      },
    },
    unchecked: { "parameter.value": "each parameter has a range of its own, which only RDS knows" },
  },
  aws_rds_global_cluster: {
    api: ["rds.CreateGlobalCluster"],
    cfn: "AWS::RDS::GlobalCluster",
    own: { database_name: databaseName, engine_version: engineVersion },
  },
};
