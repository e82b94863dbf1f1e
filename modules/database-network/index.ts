export * from "./config";
export * from "./database-network";
export { actionPrefix, type EndpointService } from "./endpoint-policy";
export { FlowLogs, type FlowLogsProps } from "./flow-logs";
export { ipv4Block } from "./ipv4-block";
export { PrivateVpc, type PrivateVpcProps } from "./private-vpc";
export { SecurityGroup, type SecurityGroupProps } from "./security-group";
