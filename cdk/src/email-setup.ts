import { CfnResource, ResolutionTypeHint, Resource, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import schema from '../../schema.json';
import { declarable, memberOf } from '../../src/domain/declaration/schema';
import { knownProblems } from './known';
import type { EmailSetupAttributes, EmailSetupProps } from './props';

/** The type's name for each property that may be declared, by the name that it has here. */
const typeNames: Readonly<Record<string, string>> = Object.fromEntries(
  declarable.map(({ name }) => [memberOf(name), name]),
);

/**
 * The e-mail of a Cognito user pool, as one resource of the type `Org::Cognito::EmailSetup`, which must be registered in
 * the stack's account and Region. What the type would refuse in the declaration itself is refused at synthesis, all of
 * it at once; what only the deployment knows is left to the deployment.
 */
export class EmailSetup extends Resource implements EmailSetupAttributes {
  /** The id of the user pool, once its e-mail is set up: what uses it waits for that. */
  readonly ref: string;
  readonly sourceArn: string;
  readonly sesRegions: string[];

  constructor(scope: Construct, id: string, props: EmailSetupProps) {
    super(scope, id);
    const { userPool, ...others } = props;
    const declared: Readonly<Record<string, unknown>> = { ...others, userPoolId: userPool.userPoolId };
    const properties = Object.fromEntries(
      Object.entries(typeNames).map(([name, typeName]) => [typeName, declared[name]]),
    );
    const resource = new CfnResource(this, 'Resource', { type: schema.typeName, properties });
    this.ref = resource.ref;
    this.sourceArn = resource.getAtt('SourceArn').toString();
    this.sesRegions = Token.asList(resource.getAtt('SesRegions', ResolutionTypeHint.STRING_LIST));
    const unknown = Object.keys(declared).filter((name) => !Object.hasOwn(typeNames, name));
    this.node.addValidation({ validate: () => [...knownProblems(declared, unknown, Stack.of(this).region)] });
  }
}
