import { type Edit, type Mutation, mutationOf, oneLine } from "./mutation";
import { emptied, isBlock, removals } from "./mutators";
import { isNode, nodesIn, Source, type SyntaxNode, walk } from "./syntax";

const listOfCapabilities = "capabilities/index.ts";
const listOfStacks = "stacks/index.ts";
/** The names of calls that offer a construct to the capabilities. */
const offering = /^(offer|build)|capabilit/i;

/**
 * The wires of the toolkit, each cut once: a capability missing from its list, a function of a capability that builds
 * nothing, a stack left out, a construct that is not offered to the capabilities. A test has to notice every one.
 * @param sources texts by file; files without wires are skipped
 */
export function wiresOf(sources: ReadonlyMap<string, string>): readonly Mutation[] {
  return [...sources].flatMap(([file, text]) => {
    const source = new Source(file, text);
    return cuts(source)
      .map((edit) => mutationOf(source, edit))
      .sort((one, other) => one.start - other.start || one.end - other.end);
  });
}

function cuts(source: Source): readonly Edit[] {
  const { file } = source;
  if (file === listOfCapabilities) return listed(source);
  if (file.startsWith("capabilities/")) return builds(source);
  const stacks = file === listOfStacks ? leftOut(source) : [];
  return /^(stacks|blueprints)\//.test(file) ? [...stacks, ...offers(source)] : [];
}

/** Each entry of each list: `{ foundation: [alarms, tracing], hardening: [...] }`, or plain lists. */
function listed(source: Source): readonly Edit[] {
  const edits: Edit[] = [];
  walk(source.tree, (node) => {
    if (node.type !== "ArrayExpression") return true;
    edits.push(...removals(source, source.rangeOf(node), source.elementRanges(node.elements), "capability left out"));
    return false;
  });
  return edits;
}

/** Empties each function of an object named `builds`; functions that are defined elsewhere are removed. */
function builds(source: Source): readonly Edit[] {
  const edits: Edit[] = [];
  walk(source.tree, (node) => {
    const { key, value } = node;
    if (node.type !== "KeyValueProperty" || !isNode(key) || key.value !== "builds" || !isNode(value)) return true;
    const properties = nodesIn(value.properties);
    const taken = removals(
      source,
      source.rangeOf(value),
      properties.map((property) => source.rangeOf(property)),
      "builds nothing",
    );
    edits.push(...properties.flatMap((property, index) => builtNothing(source, property) ?? taken[index] ?? []));
    return false;
  });
  return edits;
}

function builtNothing(source: Source, property: SyntaxNode): Edit | undefined {
  const { value = property } = property;
  const body = isNode(value) ? value.body : undefined;
  if (!isNode(body)) return undefined;
  const change = `${oneLine(source.textOf(property))} builds nothing`;
  const [edit] = isBlock(body)
    ? emptied(source, body)
    : [{ ...source.rangeOf(body), mutator: "", replacement: "undefined" }];
  return edit && { ...edit, mutator: "builds nothing", change };
}

/**
 * Removes each stack from the tree right after it is created: others may still refer to it, and the types stay the same.
 * Also leaves each stack out of the list that is returned.
 */
function leftOut(source: Source): readonly Edit[] {
  const edits: Edit[] = [];
  walk(source.tree, (node, ancestors) => {
    const { callee, argument } = node;
    if (node.type === "ReturnStatement" && isNode(argument) && argument.type === "ArrayExpression") {
      const elements = source.elementRanges(argument.elements);
      edits.push(...removals(source, source.rangeOf(argument), elements, "stack not handed back"));
    }
    const creates = node.type === "NewExpression" && isNode(callee) && /Stack$/.test(source.textOf(callee));
    if (!creates || !ancestors.some(isBlock)) return true;
    const text = source.textOf(node);
    edits.push({
      ...source.rangeOf(node),
      mutator: "stack left out",
      replacement: `((stack) => { stack.node.scope?.node.tryRemoveChild(stack.node.id); return stack; })(${text})`,
      change: `without ${oneLine(text)}`,
    });
    return true;
  });
  return edits;
}

/** Leaves out each statement that calls something of the capabilities. */
function offers(source: Source): readonly Edit[] {
  const edits: Edit[] = [];
  walk(source.tree, (node) => {
    if (node.type !== "ExpressionStatement" || !isNode(node.expression)) return true;
    const { type, callee } = node.expression;
    if (type !== "CallExpression" || !isNode(callee)) return true;
    const isOffer = source
      .textOf(callee)
      .split(/[?.!]+/)
      .some((name) => offering.test(name));
    if (!isOffer) return true;
    const change = `without ${oneLine(source.textOf(node))}`;
    edits.push({ ...source.rangeOf(node), mutator: "not offered", replacement: "{}", change });
    return false;
  });
  return edits;
}
