import { isNode, nodesIn, type SyntaxNode } from "./syntax";

/** Methods whose arguments are documentation. */
const documenting: readonly string[] = ["describe", "meta"];

/** Whether a call only documents: `z.string().describe("…")`. */
export const documents = (call: SyntaxNode): boolean => documenting.includes(methodOf(call) ?? "");

/**
 * Whether a node is prose, which is not mutated, with everything in it: what is thrown, the arguments of an error's
 * constructor, the arguments of `.describe()` and `.meta()`, and strings and templates of four words or more. Comments and
 * imports are not visited at all; short messages are mutated, because tests have to match them.
 */
export function isProse(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (parent?.type === "CallExpression" && documents(parent) && node !== parent.callee) return true;
  switch (node.type) {
    case "ThrowStatement":
      return true;
    case "NewExpression":
      return isNode(node.callee) && /Error$/.test(String(node.callee.value ?? ""));
    case "StringLiteral":
      return isSentence(String(node.value));
    case "TemplateLiteral":
      return isSentence(
        nodesIn(node.quasis)
          .map(({ raw }) => String(raw))
          .join("x"),
      );
    default:
      return false;
  }
}

/** The name of the method that is called, `describe` in `z.string().describe("…")`. */
export function methodOf(call: SyntaxNode): string | undefined {
  const { callee } = call;
  if (!isNode(callee) || callee.type !== "MemberExpression" || !isNode(callee.property)) return undefined;
  return callee.property.type === "Identifier" ? String(callee.property.value) : undefined;
}

const isSentence = (text: string): boolean => text.trim().split(/\s+/).length >= 4;
