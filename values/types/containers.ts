import { fargateSizes } from "../rules/containers";
import { port, securityGroupId, subnetId } from "./common";
import type { Family } from "./type-values";

const api = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";
const createService = `${api}/API_CreateService.html`;
const taskDefinition = `${api}/API_RegisterTaskDefinition.html`;

const name = {
  minLength: 1,
  maxLength: 255,
  pattern: "^[A-Za-z0-9_-]+$",
  says: "is not a valid ECS name; use letters, digits, hyphens and underscores",
};

/** Values of ECS. */
export const containers: Family = {
  aws_ecs_cluster: {
    api: ["ecs.CreateCluster"],
    cfn: "AWS::ECS::Cluster",
    members: { name: "clusterName" },
    own: {
      name: { ...name, see: `${api}/API_CreateCluster.html` },
      "setting.value": { enum: ["enabled", "enhanced", "disabled"], see: `${api}/API_ClusterSetting.html` },
    },
  },
  aws_ecs_cluster_capacity_providers: {
    api: ["ecs.PutClusterCapacityProviders"],
    cfn: "AWS::ECS::ClusterCapacityProviderAssociations",
    members: { cluster_name: "cluster" },
    own: {
      cluster_name: { ...name, see: `${api}/API_PutClusterCapacityProviders.html` },
      "capacity_providers.*": { ...name, see: `${api}/API_PutClusterCapacityProviders.html` },
    },
  },
  aws_ecs_service: {
    api: ["ecs.CreateService"],
    cfn: "AWS::ECS::Service",
    members: {
      name: "serviceName",
      deployment_maximum_percent: "deploymentConfiguration.maximumPercent",
      deployment_minimum_healthy_percent: "deploymentConfiguration.minimumHealthyPercent",
      deployment_circuit_breaker: "deploymentConfiguration.deploymentCircuitBreaker",
      network_configuration: "networkConfiguration.awsvpcConfiguration",
      "deployment_controller.type": "type",
      alarms: "deploymentConfiguration.alarms",
      ordered_placement_strategy: "placementStrategy",
    },
    own: {
      name: { ...name, see: createService },
      desired_count: { min: 0, see: createService },
      deployment_maximum_percent: {
        min: 100,
        max: 2_147_483_647,
        because: "less would stop tasks that must run",
        see: createService,
      },
      deployment_minimum_healthy_percent: { min: 0, see: createService },
      health_check_grace_period_seconds: { min: 0, max: 2_147_483_647, see: createService },
      "load_balancer.container_name": { minLength: 1, maxLength: 255, see: `${api}/API_LoadBalancer.html` },
      "load_balancer.container_port": port(`${api}/API_LoadBalancer.html`),
      "network_configuration.security_groups": { maxItems: 5, see: `${api}/API_AwsVpcConfiguration.html` },
      "network_configuration.security_groups.*": securityGroupId,
      "network_configuration.subnets": { maxItems: 16, see: `${api}/API_AwsVpcConfiguration.html` },
      "network_configuration.subnets.*": subnetId,
      "capacity_provider_strategy.capacity_provider": {
        ...name,
        see: `${api}/API_CapacityProviderStrategyItem.html`,
      },
      platform_version: {
        pattern: "^(LATEST|[0-9]+\\.[0-9]+\\.[0-9]+)$",
        says: "is not a valid platform version; use LATEST, or one such as 1.4.0",
        see: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html",
      },
    },
  },
  aws_ecs_task_definition: {
    api: ["ecs.RegisterTaskDefinition"],
    cfn: "AWS::ECS::TaskDefinition",
    members: { container_definitions: null },
    own: {
      family: { ...name, see: taskDefinition },
      cpu: {
        pattern: "^([0-9]+|[0-9.]+ ?[vV][cC][pP][uU])$",
        says: "is not a valid CPU size; use CPU units such as 1024, or 1 vCPU",
        see: taskDefinition,
      },
      memory: {
        pattern: "^([0-9]+|[0-9.]+ ?GB)$",
        says: "is not a valid memory size; use MiB such as 2048, or 2 GB",
        see: taskDefinition,
      },
      "ephemeral_storage.size_in_gib": { min: 21, max: 200, see: `${api}/API_EphemeralStorage.html` },
      "volume.name": { ...name, see: `${api}/API_Volume.html` },
    },
    rules: [fargateSizes],
  },
};
