declare module 'cfn-resolver-lib' {
  /** Resolves the intrinsic functions of a parsed template. */
  export default class NodeEvaluator {
    constructor(template: unknown);
    evaluateNodes(): unknown;
  }
}
