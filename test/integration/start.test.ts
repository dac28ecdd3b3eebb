import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startTestHarness, type TestHarness } from '../support/harness';
import { runOn, templateFile } from '../support/runner';

const root = join(__dirname, '..', '..');
const region = 'eu-west-1';
let harness: TestHarness;
beforeEach(async () => {
  harness = await startTestHarness();
});
afterEach(() => harness.close());

describe('what cannot be run is one sentence, before anything is made', () => {
  const setup = (properties: string) =>
    `Resources:\n  S:\n    Type: Org::Cognito::EmailSetup\n    Properties: { UserPoolId: ${region}_A, EmailSendingAccount: COGNITO_DEFAULT${properties} }\n`;
  const role = '  Role: { Type: AWS::IAM::Role }\n';
  test.each([
    ['a file that is not there', undefined, [], /nowhere\.yaml cannot be read/],
    ['no YAML', 'Resources: [', [], /neither YAML nor JSON/],
    ['no template', '- a', [], /not a CloudFormation template/],
    ['no resource', 'Parameters: {}', [], /has no Resources/],
    ['no setup', 'Resources: { A: { Type: AWS::S3::Bucket } }', [], /declares no Org::Cognito::EmailSetup/],
    ['a resource without a type', 'Resources: { A: {} }', [], /A in .* has no Type/],
    ['a macro', `Transform: [AWS::LanguageExtensions]\n${setup('')}`, [], /Transform AWS::LanguageExtensions/],
    ['a function', setup(', Identity: { "Fn::Base64": a }'), [], /Fn::Base64 is not run here/],
    [
      'a value of another type',
      setup(', Identity: !GetAtt Role.Arn') + role,
      [],
      /Role \(AWS::IAM::Role\).*not made here/,
    ],
    ['a name of nothing', setup(', Identity: !Ref Nobody'), [], /Nobody, which is needed, has no value/],
    ['an attribute of nothing', setup(', Identity: !FindInMap [A, B, C]'), [], /no mapping A\.B\.C/],
    ['an unknown condition', setup(', Identity: !If [No, a, b]'), [], /no condition No/],
    ['DependsOn nothing', `${setup('')}    DependsOn: Nobody`, [], /S depends on Nobody/],
    ['a circle', `${setup('')}    DependsOn: [T]\n  T: { Type: AWS::IAM::Role, DependsOn: S }`, [], /S → T → S/],
    ['a parameter without a value', `Parameters: { P: { Type: String } }\n${setup('')}`, [], /add --parameter P=VALUE/],
    [
      'a value that is not allowed',
      `Parameters: { P: { Type: String, AllowedValues: [a] } }\n${setup('')}`,
      ['P=b'],
      /P may not be "b"/,
    ],
    [
      'a number that is none',
      `Parameters: { P: { Type: Number } }\n${setup('')}`,
      ['P=b'],
      /P may not be "b": it is a number/,
    ],
    ['a parameter that is not there', setup(''), ['P=b'], /no parameter P: it has none/],
    ['what is no pair', setup(''), ['P'], /P is not NAME=VALUE/],
  ])('%s', async (_name, text, parameters, says) => {
    const file = text === undefined ? 'nowhere.yaml' : templateFile(text);
    const args = parameters.flatMap((pair) => ['--parameter', pair]);
    await expect(runOn(harness, file, ...args)).rejects.toThrow(says);
    expect(harness.aws.calls).toEqual([]);
  });
});

describe('npm start', () => {
  const start = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('npx', ['tsx', join(root, 'local-stack', 'start.ts'), ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const file = 'examples/address-identity.yaml';

  test('ends with the table and 0', () => {
    const { status, stdout, stderr } = start(file, '--region', 'me-central-1');
    expect([status, stderr]).toEqual([0, '']);
    const [, table] = stdout.split('What was set up where');
    expect(table).toMatch(/identity\/no-reply@example\.com[\s\S]*trusts cognito-idp\.me-central-1\.amazonaws\.com/);
    expect(table).toMatch(/Everything is as declared\.\n$/);
  });

  test('ends with 1 where a resource fails', () => {
    const { status, stdout } = start(file, '--parameter', 'Address=example.com');
    expect(status).toBe(1);
    expect(stdout).toMatch(/FAIL.* Create of EmailSetup succeeds: InvalidRequest: .*From/);
    expect(stdout).toMatch(/Not as declared: Create of EmailSetup succeeds\n$/);
  });

  test('ends with 2 and one sentence for what it does not run', () => {
    const { status, stdout, stderr } = start('examples/stackset/stackset.yaml', '--parameter', 'TemplateUrl=http://a');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^The parameter TemplateUrl may not be "http:\/\/a": it matches https:\/\/\.\+\.\n$/);
  });
});
