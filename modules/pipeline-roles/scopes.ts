import type { Scope } from "./scope";
import { scopesByHand } from "./scopes-by-hand";

const account = "It changes a setting of the whole account.";
const unused = "The toolkit makes nothing that needs it.";
const data = "It is data, and none of Terraform's.";

/** Names of log groups of AWS services have the environment at their end. */
const logGroups = [
  "{env}-*",
  "/aws/lambda/{env}-*",
  "/aws/lambda/us-east-1.{env}-*",
  "/aws/vendedlogs/http-api/{env}-*",
  "/aws/rds/cluster/{env}-*",
  "/aws/rds/proxy/{env}-*",
  "/aws/ecs/{env}-*",
  "/aws/vpc/{env}-*",
  "/aws/events/{env}-*",
  "/aws/fis/{env}",
  "/aws/fis/{env}:*",
  "aws-waf-logs-{env}-*",
];

/** The scope of each service. @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
export const scopes: Readonly<Record<string, Scope>> = {
  ...scopesByHand,
  acm: { tagged: { certificate: "certificate/*" } },
  "application-autoscaling": { tagged: { ScalableTarget: "scalable-target/*" } },
  backup: {
    named: { backupVault: ["backup-vault:{env}-*"] },
    tagged: { backupPlan: "backup-plan:*" },
  },
  "backup-storage": { unscoped: ["MountCapsule"] },
  budgets: { named: { budget: ["budget/{env}-*"], budgetAction: ["budget/{env}-*"] } },
  ce: { tagged: { anomalymonitor: "anomalymonitor/*", anomalysubscription: "anomalysubscription/*" } },
  chatbot: { named: { ChatbotConfiguration: ["chat-configuration/*/{env}-*"] } },
  cloudfront: {
    tagged: { distribution: "distribution/*" },
    unscoped: [
      "CreateCachePolicy",
      "CreateOriginRequestPolicy",
      "CreateResponseHeadersPolicy",
      "DeleteCachePolicy",
      "DeleteOriginRequestPolicy",
      "DeleteResponseHeadersPolicy",
      "UpdateCachePolicy",
      "UpdateOriginRequestPolicy",
      "UpdateResponseHeadersPolicy",
    ],
    never: { CreateConnectionGroup: unused },
  },
  cloudwatch: {
    named: { alarm: ["alarm:{env}-*"], dashboard: ["arn:{partition}:cloudwatch::{account}:dashboard/{env}-*"] },
    never: { PutMetricData: data },
  },
  dynamodb: {
    named: { table: ["table/{env}-*"] },
    never: {
      BatchWriteItem: data,
      DeleteItem: data,
      PutItem: data,
      UpdateItem: data,
      GetItem: data,
      Query: data,
      Scan: data,
      ImportTable: unused,
    },
  },
  ec2: {
    tagged: {
      "internet-gateway": "internet-gateway/*",
      "route-table": "route-table/*",
      subnet: "subnet/*",
      "security-group": "security-group/*",
      "security-group-rule": "security-group-rule/*",
      vpc: "vpc/*",
      "vpc-endpoint": "vpc-endpoint/*",
      "vpc-flow-log": "vpc-flow-log/*",
    },
    never: {
      AssociateSubnetCidrBlock: unused,
      AssociateVerifiedAccessInstanceWebAcl: unused,
      CreateVpcEncryptionControl: unused,
      DisassociateSubnetCidrBlock: unused,
      DisassociateVerifiedAccessInstanceWebAcl: unused,
      ModifyVpcTenancy: unused,
    },
  },
  ecs: {
    named: {
      cluster: ["cluster/{env}-*"],
      service: ["service/{env}-*"],
      "service-deployment": ["service-deployment/{env}-*"],
      "task-definition": ["task-definition/{env}-*"],
    },
    unscoped: ["DeregisterTaskDefinition"],
    never: { PutAccountSetting: account, PutAccountSettingDefault: account },
  },
  // Names are AWS's own.
  elasticloadbalancing: {
    tagged: {
      loadbalancer: "loadbalancer/app/*",
      "loadbalancer/app/": "loadbalancer/app/*",
      "listener/app": "listener/app/*",
      targetgroup: "targetgroup/*",
    },
    never: {
      SetWebAcl: unused,
      CreateWebACLAssociation: unused,
      DeleteWebACLAssociation: unused,
      DeregisterTargets: "ECS registers its tasks itself.",
      RegisterTargets: "ECS registers its tasks itself.",
    },
  },
  events: {
    named: {
      "api-destination": ["api-destination/{env}-*"],
      archive: ["archive/{env}-*"],
      connection: ["connection/{env}-*"],
      endpoint: ["endpoint/{env}-*"],
      "event-bus": ["event-bus/{env}-*"],
      "rule-on-custom-event-bus": ["rule/{env}-*"],
      "rule-on-default-event-bus": ["rule/{env}-*"],
    },
    unscoped: ["PutPermission", "RemovePermission"],
  },
  fis: {
    // Actions are AWS's own.
    named: { action: ["action/*"] },
    tagged: { "experiment-template": "experiment-template/*" },
  },
  kms: { named: { alias: ["alias/{env}-*"] }, tagged: { key: "key/*" } },
  lambda: {
    named: {
      function: ["function:{env}-*"],
      function_alias: ["function:{env}-*"],
      function_version: ["function:{env}-*"],
      layer: ["layer:{env}-*"],
      layerVersion: ["layer:{env}-*"],
    },
    tagged: { code_signing_config: "code-signing-config:*", eventSourceMapping: "event-source-mapping:*" },
    never: {
      PassCapacityProvider: unused,
      CreateEventSourceMapping: "By the function, in a statement of its own.",
      DeleteEventSourceMapping: "By the function, in a statement of its own.",
      UpdateEventSourceMapping: "By the function, in a statement of its own.",
    },
  },
  logs: {
    named: {
      "log-group": logGroups.map((name) => `log-group:${name}`),
      "delivery-destination": ["delivery-destination:{env}-*"],
      "delivery-source": ["delivery-source:{env}-*"],
    },
    tagged: { delivery: "delivery:*" },
    unscoped: [
      "CreateLogDelivery",
      "DeleteLogDelivery",
      "DeleteQueryDefinition",
      "DeleteResourcePolicy",
      "PutQueryDefinition",
      "PutResourcePolicy",
    ],
    never: {
      CreateLogStream: data,
      PutLogEvents: data,
      PutBearerTokenAuthentication: unused,
      PutIndexPolicy: unused,
      DeleteIndexPolicy: unused,
    },
  },
  rds: {
    named: {
      cluster: ["cluster:{env}-*"],
      "cluster-pg": ["cluster-pg:{env}-*"],
      "cluster-snapshot": ["cluster-snapshot:{env}-*"],
      db: ["db:{env}-*"],
      "global-cluster": ["arn:{partition}:rds::{account}:global-cluster:{env}-*"],
      // What AWS has for everybody.
      og: ["og:default*"],
      pg: ["pg:default*"],
      subgrp: ["subgrp:{env}-*"],
    },
    tagged: { proxy: "db-proxy:*", "proxy-endpoint": "db-proxy-endpoint:*" },
    unscoped: ["DeregisterDBProxyTargets", "ModifyDBProxyTargetGroup", "RegisterDBProxyTargets"],
    never: {
      CreateDBInstanceReadReplica: unused,
      CreateDBSnapshot: unused,
      PromoteReadReplica: unused,
      RestoreDBInstanceFromDBSnapshot: unused,
      RestoreDBInstanceToPointInTime: unused,
      StartDBInstanceAutomatedBackupsReplication: unused,
      StopDBInstanceAutomatedBackupsReplication: unused,
      RestoreDBClusterFromSnapshot: "A restore is a person's decision.",
      RestoreDBClusterToPointInTime: "A restore is a person's decision.",
    },
  },
  "route53-recovery-control-config": {
    tagged: {
      cluster: "arn:{partition}:route53-recovery-control::{account}:cluster/*",
      controlpanel: "arn:{partition}:route53-recovery-control::{account}:controlpanel/*",
      safetyrule: "arn:{partition}:route53-recovery-control::{account}:controlpanel/*/safetyrule/*",
    },
    unscoped: ["CreateRoutingControl", "DeleteRoutingControl", "UpdateRoutingControl"],
  },
  s3: {
    named: {
      bucket: ["arn:{partition}:s3:::{env}-*"],
      object: ["arn:{partition}:s3:::{env}-*/*"],
    },
  },
  scheduler: {
    named: { schedule: ["schedule/*/{env}-*", "schedule/{env}-*"], "schedule-group": ["schedule-group/{env}-*"] },
  },
  secretsmanager: { named: { Secret: ["secret:{env}-*", "secret:{env}/*"] } },
  signer: { named: { "signing-profile": ["/signing-profiles/{env_}_*"] } },
  sns: { named: { topic: ["{env}-*"] } },
  sqs: { named: { queue: ["{env}-*"] } },
  ssm: { named: { document: ["document/{env}-*"], parameter: ["parameter/{env}/*"] } },
  wafv2: {
    named: {
      ipset: ["global/ipset/{env}-*", "regional/ipset/{env}-*"],
      "loadbalancer/app/": ["arn:{partition}:elasticloadbalancing:*:{account}:loadbalancer/app/{env}-*"],
      managedruleset: ["*/managedruleset/*"],
      webacl: ["global/webacl/{env}-*", "regional/webacl/{env}-*"],
    },
    never: { PutPermissionPolicy: unused },
  },
};

/** Reads that return what a resource holds, and not what it is: they are held to the environment as changes are. */
export const readsOfContent: readonly string[] = [
  "s3:GetObject",
  "s3:GetObjectTagging",
  "s3:GetObjectVersion",
  "s3:ListBucket",
  "s3:ListBucketVersions",
  "lambda:GetFunction",
  "lambda:GetFunctionConfiguration",
  "lambda:GetLayerVersion",
  "secretsmanager:GetSecretValue",
  "ssm:GetDocument",
  "ssm:GetParameter",
  "ssm:GetParameters",
];
