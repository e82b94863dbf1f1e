export type { BalancerDimensions } from "./balancer-alarms";
export * from "./config";
export { ListenerCertificate, type ListenerCertificateProps } from "./listener-certificate";
export * from "./load-balancer";
