import type { Scope } from "./scope";

const persons = "Persons and groups are no environment's.";
const zones = "A zone is a person's decision: roles change records in the zones that are named.";

/** The scopes of services whose statements are written by hand, in `changes-by-hand.ts`: what IAM holds to nothing, and what is left out. */
export const scopesByHand: Readonly<Record<string, Scope>> = {
  apigateway: { never: { SetWebACL: "The toolkit makes nothing that needs it." } },
  iam: {
    never: {
      AttachGroupPolicy: persons,
      AttachUserPolicy: persons,
      DeleteGroupPolicy: persons,
      DeleteUserPolicy: persons,
      DetachGroupPolicy: persons,
      DetachUserPolicy: persons,
      PutGroupPolicy: persons,
      PutUserPolicy: persons,
      DeleteRolePermissionsBoundary: "A role without its boundary could do anything.",
    },
  },
  route53: {
    unscoped: ["ChangeTagsForResource", "CreateHealthCheck", "DeleteHealthCheck", "UpdateHealthCheck"],
    never: {
      AssociateVPCWithHostedZone: zones,
      CreateHostedZone: zones,
      CreateQueryLoggingConfig: zones,
      DeleteHostedZone: zones,
      DeleteQueryLoggingConfig: zones,
      DisassociateVPCFromHostedZone: zones,
      UpdateHostedZoneComment: zones,
      UpdateHostedZoneFeatures: zones,
    },
  },
};
