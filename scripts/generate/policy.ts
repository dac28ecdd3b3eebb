import { trustedPrincipal } from '../../src/domain/plan/desired';
import { sendingPolicy } from '../../src/domain/plan/sending-policy';
import { poolRefOf } from '../../src/domain/pool-ref';

const region = 'eu-west-1';

/** The policy that docs/security.md explains, as the code that writes policies makes it. */
export function examplePolicy(): string {
  const pool = poolRefOf(`arn:aws:cognito-idp:${region}:111122223333:userpool/${region}_AbCdEf123`);
  const principal = trustedPrincipal('COGNITO_DEFAULT', region, region);
  if (!pool || !principal) throw new Error(`Cognito needs no policy in ${region}: show another Region.`);
  const policy = JSON.parse(sendingPolicy(pool, { region, identity: 'example.com' }, principal));
  return ['```json', withShortLists(JSON.stringify(policy, null, 2)), '```'].join('\n');
}

/** JSON with the innermost lists, and then the innermost objects, on one line each. */
function withShortLists(json: string): string {
  const oneLine = (text: string) => text.trim().replace(/\n\s+/g, ' ');
  return json
    .replace(/\[([^[\]{}]+)\]/g, (_, inner: string) => `[${oneLine(inner)}]`)
    .replace(/\{([^{}]+)\}/g, (_, inner: string) => `{ ${oneLine(inner)} }`);
}
