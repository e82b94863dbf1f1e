import { groupNameOfAws, portRange } from "../rules/network";
import { networkBlock, routeTableId, securityGroupId, subnetId, tags, vpcId } from "./common";
import type { Family, OwnLimits } from "./type-values";

const securityGroup = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html";
const targetGroup =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html";
const redirectAction =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html";
const balancerAttributes =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html";
const rule = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html";

const securityGroupRule: Readonly<Record<string, OwnLimits>> = {
  ...tags,
  description: {
    maxLength: 255,
    pattern: "^[A-Za-z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]*$",
    says: "is not a valid rule description; use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
    see: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html",
  },
  ip_protocol: {
    pattern: "^(tcp|udp|icmp|icmpv6|-1|[0-9]{1,3})$",
    says: "is not a valid protocol; use tcp, udp, icmp, icmpv6, a number, or -1 for all",
    see: rule,
  },
  from_port: { min: -1, max: 65_535, see: rule },
  to_port: { min: -1, max: 65_535, see: rule },
  cidr_ipv4: {
    pattern:
      "^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])/([0-9]|[12][0-9]|3[0-2])$",
    says: "is not a valid IPv4 address range; write it like 10.0.0.0/16",
    see: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html",
  },
  referenced_security_group_id: securityGroupId,
  security_group_id: securityGroupId,
};

/** Values of VPCs, security groups and load balancers. */
export const network: Family = {
  aws_default_security_group: { api: ["ec2.CreateSecurityGroup"], own: { ...tags, vpc_id: vpcId } },
  aws_route_table: {
    api: ["ec2.CreateRouteTable"],
    cfn: "AWS::EC2::RouteTable",
    own: {
      ...tags,
      vpc_id: vpcId,
      "route.cidr_block": {
        pattern:
          "^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])/([0-9]|[12][0-9]|3[0-2])$",
        says: "is not a valid IPv4 address range; write it like 0.0.0.0/0",
        see: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html",
      },
    },
  },
  aws_route_table_association: {
    api: ["ec2.AssociateRouteTable"],
    cfn: "AWS::EC2::SubnetRouteTableAssociation",
    own: { subnet_id: subnetId, route_table_id: routeTableId },
  },
  aws_security_group: {
    api: ["ec2.CreateSecurityGroup"],
    cfn: "AWS::EC2::SecurityGroup",
    members: { name: "GroupName", description: ["GroupDescription"] },
    own: {
      ...tags,
      name: {
        minLength: 1,
        maxLength: 255,
        pattern: "^[A-Za-z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]*$",
        says: "is not a valid security group name; use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
        see: securityGroup,
      },
      description: { minLength: 1, maxLength: 255, see: securityGroup },
      vpc_id: vpcId,
    },
    rules: [groupNameOfAws],
  },
  aws_subnet: {
    api: ["ec2.CreateSubnet"],
    cfn: "AWS::EC2::Subnet",
    own: {
      ...tags,
      vpc_id: vpcId,
      cidr_block: networkBlock,
      availability_zone: {
        pattern: "^[a-z]{2}(-[a-z]+)+-[0-9][a-z0-9-]*[a-z]$",
        says: "is not an Availability Zone; write it like eu-west-1a",
        see: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html",
      },
    },
  },
  aws_vpc: { api: ["ec2.CreateVpc"], cfn: "AWS::EC2::VPC", own: { ...tags, cidr_block: networkBlock } },
  aws_flow_log: {
    api: ["ec2.CreateFlowLogs"],
    cfn: "AWS::EC2::FlowLog",
    own: {
      ...tags,
      vpc_id: vpcId,
      log_destination_type: {
        enum: ["cloud-watch-logs", "s3", "kinesis-data-firehose"],
        see: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html",
      },
      max_aggregation_interval: {
        enum: ["60", "600"],
        see: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html",
      },
      traffic_type: {
        enum: ["ACCEPT", "REJECT", "ALL"],
        see: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html",
      },
    },
  },
  aws_vpc_endpoint: {
    api: ["ec2.CreateVpcEndpoint"],
    cfn: "AWS::EC2::VPCEndpoint",
    own: {
      ...tags,
      vpc_id: vpcId,
      service_name: {
        pattern: "^[a-z0-9]+(\\.[a-z0-9_-]+)+$",
        says: "is not a valid endpoint service name; write it like com.amazonaws.eu-west-1.dynamodb",
        see: "https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
      },
      "security_group_ids.*": securityGroupId,
      "subnet_ids.*": subnetId,
    },
  },
  aws_vpc_security_group_egress_rule: {
    api: ["ec2.AuthorizeSecurityGroupEgress.IpPermissions[]"],
    cfn: "AWS::EC2::SecurityGroupEgress",
    own: securityGroupRule,
    rules: [portRange],
  },
  aws_vpc_security_group_ingress_rule: {
    api: ["ec2.AuthorizeSecurityGroupIngress.IpPermissions[]"],
    cfn: "AWS::EC2::SecurityGroupIngress",
    own: securityGroupRule,
    rules: [portRange],
  },
  aws_lb: {
    api: ["elbv2.CreateLoadBalancer"],
    cfn: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    members: { load_balancer_type: "Type" },
    own: {
      "subnets.*": subnetId,
      "security_groups.*": securityGroupId,
      idle_timeout: { min: 1, max: 4000, see: balancerAttributes },
      desync_mitigation_mode: { enum: ["monitor", "defensive", "strictest"], see: balancerAttributes },
      "access_logs.bucket": {
        pattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
        says: "is not a valid bucket name; use 3 to 63 lower-case letters, digits, dots and hyphens",
        see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
      },
      "access_logs.prefix": {
        pattern: "^(?:[^/]|[^/].*[^/])$",
        says: "begins or ends with a slash; leave it out",
        see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
      },
    },
  },
  aws_lb_listener_certificate: {
    api: ["elbv2.AddListenerCertificates"],
    cfn: "AWS::ElasticLoadBalancingV2::ListenerCertificate",
    members: { certificate_arn: "Certificates.CertificateArn" },
    own: {
      certificate_arn: {
        pattern: "^arn:aws[a-z-]*:(acm|iam):[a-z0-9-]*:[0-9]{12}:(certificate|server-certificate)/.+$",
        says: "is not the ARN of a certificate; copy it from `aws acm list-certificates`",
        see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddListenerCertificates.html",
      },
    },
  },
  aws_internet_gateway: {
    api: ["ec2.CreateInternetGateway"],
    cfn: "AWS::EC2::InternetGateway",
    own: { ...tags, vpc_id: vpcId },
  },
  aws_lb_listener: {
    api: ["elbv2.CreateListener"],
    cfn: "AWS::ElasticLoadBalancingV2::Listener",
    members: { default_action: "DefaultActions" },
    own: {
      "default_action.redirect.port": {
        pattern: "^(#\\{port\\}|[1-9][0-9]{0,4})$",
        says: "is not a valid port; use a number, or #{port}",
        see: redirectAction,
      },
      "default_action.redirect.protocol": { enum: ["HTTP", "HTTPS", "#{protocol}"], see: redirectAction },
      "default_action.redirect.status_code": { enum: ["HTTP_301", "HTTP_302"], see: redirectAction },
      ssl_policy: {
        pattern: "^ELBSecurityPolicy-[A-Za-z0-9-]+$",
        says: "is not the name of a security policy; copy it from `aws elbv2 describe-ssl-policies`",
        see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
      },
      tcp_idle_timeout_seconds: {
        min: 60,
        max: 6000,
        see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html",
      },
    },
  },
  aws_lb_target_group: {
    api: ["elbv2.CreateTargetGroup"],
    cfn: "AWS::ElasticLoadBalancingV2::TargetGroup",
    members: {
      health_check: ".",
      "health_check.healthy_threshold": "HealthyThresholdCount",
      "health_check.unhealthy_threshold": "UnhealthyThresholdCount",
      "health_check.interval": "HealthCheckIntervalSeconds",
      "health_check.timeout": "HealthCheckTimeoutSeconds",
      "health_check.port": "HealthCheckPort",
      "health_check.protocol": "HealthCheckProtocol",
      "health_check.path": "HealthCheckPath",
      "health_check.enabled": "HealthCheckEnabled",
      "health_check.matcher": "Matcher.HttpCode",
    },
    own: {
      vpc_id: vpcId,
      deregistration_delay: { min: 0, max: 3600, see: targetGroup },
      "health_check.port": {
        pattern: "^(traffic-port|[1-9][0-9]{0,4})$",
        says: "is not a valid port; use a number, or traffic-port",
        see: targetGroup,
      },
      preserve_client_ip: { enum: ["true", "false"], see: targetGroup },
      "health_check.matcher": {
        pattern: "^[0-9]{1,3}(-[0-9]{3})?(,[0-9]{3}(-[0-9]{3})?)*$",
        says: "is not a list of statuses; write it like 200, 200,204 or 200-299",
        see: targetGroup,
      },
      load_balancing_algorithm_type: {
        enum: ["round_robin", "least_outstanding_requests", "weighted_random"],
        see: targetGroup,
      },
      protocol_version: { enum: ["HTTP1", "HTTP2", "GRPC"], see: targetGroup },
      slow_start: { min: 0, max: 900, see: targetGroup },
    },
  },
};
