import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { yamlParse } from 'yaml-cfn';
import { payloadOf } from '../../emulator/cloudformation/payload';
import { hostFunction } from '../../emulator/function/host';
import { builtHandler } from '../../emulator/harness';

const root = join(__dirname, '..', '..');
const config = JSON.parse(readFileSync(join(root, '.rpdk-config'), 'utf8'));
const template = yamlParse(readFileSync(join(root, 'template.yml'), 'utf8')) as {
  Globals: { Function: { Runtime: string } };
  Resources: Record<string, { Properties: { CodeUri: string; Handler: string } }>;
};
const { TypeFunction, TestEntrypoint } = template.Resources;

/** The file that Lambda loads for a handler such as `dist/handlers.entrypoint`. */
const fileOf = (codeUri: string, handler: string) => join(root, codeUri, handler.replace(/\.\w+$/, '.js'));

test('the bundle is where template.yml and .rpdk-config look for it', () => {
  expect(TypeFunction?.Properties.Handler).toBe(config.entrypoint);
  expect(TestEntrypoint?.Properties.Handler).toBe(config.testEntrypoint);
  expect(fileOf(TypeFunction?.Properties.CodeUri ?? '', config.entrypoint)).toBe(builtHandler);
  expect(existsSync(builtHandler)).toBe(true);
  expect(readFileSync(builtHandler, 'utf8')).toContain('testEntrypoint');
});

test('both name a runtime that can be registered', () => {
  expect([config.runtime, template.Globals.Function.Runtime]).toEqual(['nodejs22.x', 'nodejs22.x']);
});

test('no AWS SDK v2 is installed or bundled', () => {
  expect(existsSync(join(root, 'node_modules', 'aws-sdk'))).toBe(false);
  expect(readFileSync(builtHandler, 'utf8')).not.toContain('node_modules/aws-sdk/');
});

test('the contract inputs and the schema agree on the name that the CLI looks for', () => {
  const schema = JSON.parse(readFileSync(join(root, 'org-cognito-emailsetup.json'), 'utf8'));
  expect(schema).toEqual(JSON.parse(readFileSync(join(root, 'schema.json'), 'utf8')));
  expect(schema.typeName).toBe(config.typeName);
});

describe('the library in the bundle', () => {
  const credentials = { accessKeyId: 'ASIA-KEY', secretAccessKey: 'a-secret', sessionToken: 'a-session' };
  const caller = { invoke: async () => ({}), region: 'eu-west-1', account: '111122223333', credentials };

  test('gives its own errors their codes, though the bundle is minified', async () => {
    expect(readFileSync(builtHandler, 'utf8').split('\n').length).toBeLessThan(200);
    const handler = hostFunction(builtHandler, {});
    const answer = await handler.invoke({ ...payloadOf(caller, { action: 'READ' }, 'a-token'), awsAccountId: null });
    await handler.stop();
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
  });

  test('prints no credentials from its test entrypoint', async () => {
    const handler = hostFunction(builtHandler, {}, 'testEntrypoint');
    const request = { clientRequestToken: 'a-token', desiredResourceState: { UserPoolId: 'x' }, region: 'eu-west-1' };
    const answer = await handler.invoke({ credentials, action: 'READ', request, region: 'eu-west-1' });
    await handler.stop();
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NotFound' });
    const printed = handler.printed.join('');
    expect(printed).toContain('"errorCode":"NotFound"');
    for (const secret of [...Object.values(credentials), 'a-token']) expect(printed).not.toContain(secret);
  });
});
