declare module 'cfn-resolver-lib' {
  /** Resolves the intrinsic functions of a parsed template. */
  export default class NodeEvaluator {
    constructor(template: unknown, parameters: { RefResolvers: Record<string, unknown> });
    evaluateNodes(): unknown;
  }
}

declare module 'yaml-cfn' {
  /** Parses a template in YAML or JSON, short forms such as `!Ref` included. */
  export function yamlParse(text: string): unknown;
}
