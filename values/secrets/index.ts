export { isSecretName } from "./names";
export { isSecret, secretForm, secretUnder } from "./secrets";
