/** References of Terraform; `${aws:username}` and `${*}` are variables of IAM. */
const reference = /\$\{(?![\w-]{1,64}:|[*?$]\})[^}]*\}?/;

/** Whether a text has references of Terraform. */
export const hasReferences = (text: string): boolean => reference.test(text);

/** The text with short references, because the arguments of functions in them may have quotation marks. */
export const withShortReferences = (text: string): string =>
  text.replace(new RegExp(reference, "g"), () => "\u0024{it}");
