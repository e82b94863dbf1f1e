export type { Rule as Gate } from "../gates";
